import { packageFolder } from '../package.ts';
import { Problem, problem } from '../problems.ts';
import { columns } from '../report/terminal.ts';
import { leftOf } from '../skeleton/left.ts';
import type { Left } from '../skeleton/left.ts';
import { interpreterNames, loadDeployment, loadTarget, loadTrials, loadWays } from '../target/find.ts';
import type { Target } from '../target/contract.ts';
import { targetsOfCheckout } from './checkout.ts';

/** Loads a part of a target; where that part is wrong, it is noted, and nothing given. */
type Part = <T>(file: string, of: string, loading: () => Promise<T>) => Promise<T | undefined>;

/**
 * `mayexec check-target`: what is left to do for a target, each thing with what to do next.
 *
 * @throws Problem `target-unfinished` where something is; `no-checkout`, `unknown-release`
 */
export async function checkTargetCommand(name: string, { json }: { readonly json: boolean }): Promise<void> {
  targetsOfCheckout();
  const broken: Left[] = [];
  const part: Part = async (file, of, loading) => {
    try {
      return await loading();
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'target-invalid') throw error;
      const hint = `correct it: until then nothing more is said about this ${of}`;
      broken.push({ kind: 'part', where: `targets/${name}/${file}`, what: error.message, hint });
      return undefined;
    }
  };
  const target = await part('', 'target', () => loadTarget(name));
  const left = target === undefined ? [] : await leftOfLoaded(target, part);
  const all = [...broken, ...left];
  process.stdout.write(json ? `${JSON.stringify(all, null, 2)}\n` : text(all, name));
  if (all.length > 0) throw problem('target-unfinished', { count: all.length, target: name });
}

async function leftOfLoaded(target: Target, part: Part): Promise<readonly Left[]> {
  const { name } = target;
  const runs = interpreterNames().includes(name);
  return leftOf(
    {
      target,
      trials: runs ? await part('scenarios/', 'file', () => loadTrials(name)) : undefined,
      ways: runs ? await part('ways.ts', 'file', () => loadWays(target)) : undefined,
      deployment: runs ? await part('deploy.ts', 'file', () => loadDeployment(target)) : undefined,
    },
    packageFolder,
  );
}

/** What this command does not see, since it takes the sources of the releases, or builds. */
const next = (name: string): readonly string[] => [
  `mayexec verify ${name}`,
  'npx vitest run test/targets test/generated test/evidence test/review test/fixtures',
  `npm run test:interpreters -- ${name}@VERSION`,
];

/** A line for each thing; a hint is said once for those that follow each other and share it. */
function text(all: readonly Left[], name: string): string {
  if (all.length === 0)
    return `nothing is left to do\nNext, with the sources and builds of the releases:\n${next(name)
      .map((line) => `  ${line}\n`)
      .join('')}`;
  const groups: { readonly hint: string; readonly list: Left[] }[] = [];
  for (const one of all) {
    const last = groups.at(-1);
    if (last?.hint === one.hint) last.list.push(one);
    else groups.push({ hint: one.hint, list: [one] });
  }
  return groups
    .map(({ hint, list }) => `${hint}:\n${columns(list.map(({ where, what }) => [`  ${where}`, what]))}`)
    .join('');
}
