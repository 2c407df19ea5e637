import { chosenPatches } from '../../src/pipeline.ts';
import type { Bed } from '../../src/prove/bed.ts';
import { bedKinds } from '../../src/prove/kinds.ts';
import { matrixOf } from '../../src/prove/matrix.ts';
import { isFor } from '../../src/target/capabilities.ts';
import type { PinnedRelease, Target } from '../../src/target/contract.ts';
import type { Scenario, Trials } from '../../src/target/scenario.ts';
import { inVariant, variantNamed } from '../../src/target/variant.ts';
import { placementsOf, policiesOf } from '../attack/attack.ts';
import { readAttempts } from '../attack/attempt.ts';

/** The beds of a machine that has all: root, namespaces, Linux 6.14, and the kernel of the bed uml. */
const BEDS: readonly Bed[] = [
  ...bedKinds.map(({ name, mechanism, policies }) => ({ name, mechanism, policies })),
  { name: 'uml', mechanism: 'flag' as const, policies: [0, 1, 2, 3] as const },
].map((bed) => ({
  ...bed,
  manyUsers: true,
  namespaces: true,
  run: () => Promise.reject(new Error('nothing runs here')),
}));

/** What a row of a page says of runs, and what the scenarios make. */
export interface Figure {
  /** The line of the page, 1-based. */
  readonly line: number;
  readonly says: string;
  readonly is: string;
}

const PROVE = /^\| [^|]*\| `mayexec prove ([\w.-]+)@([\w.-]+)((?: --\w+ [\w,-]+)*)`[^|]*\| ([\d,]+ runs)\b/;
const ATTACK = /--only attack`[^|]*\| (\d+ attempts, [\d,]+ runs, [\d,]+ refused)/;
const NAMED = /-- ([\w.-]+)@([\w.-]+) --only/;

/**
 * The numbers of runs that a page gives beside the commands that print them: of `mayexec prove`, and of attempts.
 * Not counted here: the runs of an interpreter that a package has.
 *
 * @param lines of the page
 */
export function figuresIn(
  lines: readonly string[],
  { target, trials }: { readonly target: Target; readonly trials: Trials },
): readonly Figure[] {
  return lines.flatMap((text, index): readonly Figure[] => {
    const line = index + 1;
    const proved = PROVE.exec(text);
    if (proved !== null) {
      const [, name, version, options = '', says = ''] = proved;
      const release = target.releases.find((one) => one.version === version);
      if (name !== target.name || release === undefined) return [];
      const count = runsOf(target, trials, release, optionsIn(options));
      return count === undefined ? [] : [{ line, says, is: `${grouped(count)} runs` }];
    }
    const [, says] = ATTACK.exec(text) ?? [];
    const [, name, version] = NAMED.exec(text) ?? [];
    const release = target.releases.find((one) => one.version === version);
    if (says === undefined || name !== target.name || release === undefined) return [];
    return [{ line, says, is: attemptsOf(target, release) }];
  });
}

type Options = ReadonlyMap<string, readonly string[]>;

function optionsIn(text: string): Options {
  const options = new Map<string, string[]>();
  for (const [, name = '', value = ''] of text.matchAll(/--(\w+) ([\w,-]+)/g))
    options.set(name, [...(options.get(name) ?? []), value]);
  return options;
}

/** The cells of the matrix; undefined for an option that says what is not known here. */
function runsOf(
  target: Target,
  trials: Trials,
  release: PinnedRelease,
  options: Options,
): number | undefined {
  if ([...options.keys()].some((name) => !['bed', 'roles', 'tree', 'variant'].includes(name)))
    return undefined;
  const beds = options.get('bed') ?? BEDS.map(({ name }) => name);
  const [variant] = options.get('variant') ?? [];
  const tried =
    variant === undefined
      ? { target, trials }
      : inVariant({ target, trials }, variantNamed({ target, trials }, variant));
  const roles = options.get('roles')?.flatMap((list) => list.split(','));
  const patches = new Set(chosenPatches(tried.target, release, roles).map(({ id }) => id));
  const scenarios: readonly Scenario[] = tried.trials.scenarios;
  const chosen = BEDS.filter(({ name }) => beds.includes(name));
  const programs = { stock: { path: '/stock' }, patched: { path: '/patched' } };
  return matrixOf(target.name, scenarios, release, chosen, programs, { patches }).length;
}

function attemptsOf(target: Target, release: PinnedRelease): string {
  const attempts = readAttempts(target.name).filter((one) => isFor(one, release));
  let [runs, refused] = [0, 0];
  for (const attempt of attempts) {
    const [places, policies] = [placementsOf(attempt).length, policiesOf(attempt).length];
    runs += places * (1 + policies);
    if (attempt.runs === undefined) refused += places * policies;
  }
  return `${attempts.length} attempts, ${grouped(runs)} runs, ${grouped(refused)} refused`;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
