import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Ledger } from '../../src/classify/ledger.ts';
import type { Build } from '../../src/prove/build.ts';
import { callersOf } from './callers.ts';
import type { Outcome } from './checks.ts';
import { plainName } from './imports.ts';
import { play } from './scenario.ts';
import type { Subject } from './subjects.ts';
import { judgeCallers } from './stack-verdicts.ts';
import type { Made, Verdicts } from './stack-verdicts.ts';
import { readStacks } from './stacks.ts';
import type { Frame, Opening } from './stacks.ts';
import { isFor } from '../../src/target/capabilities.ts';

/** An open, and the scenario that it was made in. */
interface Traced {
  readonly scenario: string;
  readonly opening: Opening;
}

/**
 * Has strace say which call made each open of the scenarios, and holds it against the ledger: what was called is an
 * opener at a site, or a library's function that the target names. That the ledger decides, and not chance, is shown by taking each
 * site that was met out of it: it must be missed then.
 *
 * What an interpreter opens for a program that it interprets comes from the function that does so for all of them:
 * no stack tells where in such a program the call stands.
 *
 * @param build the interpreter as its project has it, without optimisation
 * @param ledger of the release
 */
export async function checkStacks(
  build: Build,
  { target, trials, release }: Subject,
  ledger: Pick<Ledger, 'sites'>,
): Promise<Outcome> {
  const sites = ledger.sites
    .filter(({ file }) => target.language(file) === 'c')
    .map((site) => ({ ...site, macro: definesMacro(join(build.tree, site.file), site.function) }));
  const traced: Traced[] = [];
  for (const scenario of trials.scenarios) {
    if (scenario.traced === false || !isFor(scenario, release)) continue;
    const { trace } = await play(scenario, build.binary, undefined, ['-k']);
    for (const opening of readStacks(trace)) traced.push({ scenario: scenario.id, opening });
  }
  const { made, loader, others, wrong } = await sortOut(traced, build.tree);
  const tokens = target.openers
    .filter(({ lang, as }) => lang === 'c' && as === 'callee')
    .map(({ token }) => new RegExp(`^(?:${token.source})$`));
  const opens = (name: string): string | undefined =>
    plainName(name) ?? (tokens.some((token) => token.test(name)) ? name : undefined);
  const judge = (among: typeof sites): Verdicts => judgeCallers(made, among, opens, trials.libraryOpens);

  const verdicts = judge(sites);
  const met = [...verdicts.bySite.keys()];
  const unnoticed = met.filter(
    (id) => judge(sites.filter((site) => site.id !== id)).wrong.length === verdicts.wrong.length,
  );
  const lines = [
    ...wrong,
    ...verdicts.wrong,
    ...unnoticed.map((id) => `not missed when it is taken out of the ledger: ${id}`),
  ];
  const at = sum(verdicts.bySite);
  const library = [...verdicts.byLibrary].map(([name, count]) => `${name} ${count}`).join(', ');
  return {
    ok: lines.length === 0 && met.length > 0,
    said:
      `${at} opens at ${met.length} of ${sites.length} sites; in libraries ${sum(verdicts.byLibrary)}` +
      ` (${library}); ${loader} of the loader; ${others} of other programs`,
    lines,
  };
}

/** Whether a name is a macro that a file defines. */
function definesMacro(path: string, name: string): boolean {
  const defined = readFileSync(path, 'latin1').matchAll(/^[ \t]*#[ \t]*define[ \t]+(\w+)/gm);
  return [...defined].some((match) => match[1] === name);
}

/** Which opens a call in the interpreter made, and which the loader or another program. */
async function sortOut(
  traced: readonly Traced[],
  tree: string,
): Promise<{ made: Made[]; loader: number; others: number; wrong: string[] }> {
  const calls = new Map<string, { readonly frame: Frame; readonly from: Traced[] }>();
  const wrong: string[] = [];
  let loader = 0;
  let others = 0;
  for (const one of traced) {
    const { frames, path } = one.opening;
    const frame = frames.find(({ module }) => module.startsWith(`${tree}/`));
    if (frame) {
      const key = `${frame.module} ${frame.address}`;
      const known = calls.get(key) ?? { frame, from: [] };
      known.from.push(one);
      calls.set(key, known);
      continue;
    }
    // Where the process began: a program's main, or the loader before it and the start of the libraries.
    const first = basename(frames.at(-1)?.module ?? '');
    if (/^ld[-.]/.test(first)) loader += 1;
    else if (first !== '' && !/\.so\b/.test(first)) others += 1;
    else wrong.push(`${one.scenario}: nobody knows who opened ${path}`);
  }
  const made: Made[] = [];
  const modules = new Set([...calls.values()].map(({ frame }) => frame.module));
  for (const module of modules) {
    const inside = [...calls.values()].filter(({ frame }) => frame.module === module);
    const callers = await callersOf(
      tree,
      inside.map(({ frame }) => frame),
    );
    for (const [index, caller] of callers.entries()) {
      for (const { scenario, opening } of inside[index]?.from ?? []) {
        made.push({ what: `${scenario}: ${opening.path}`, caller });
      }
    }
  }
  return { made, loader, others, wrong };
}

function sum(counted: ReadonlyMap<string, number>): number {
  return [...counted.values()].reduce((total, count) => total + count, 0);
}
