import { availableParallelism } from 'node:os';
import { throwIfInterrupted } from '../programs/cleanup.ts';
import { problem } from '../problems.ts';
import { isFor } from '../target/capabilities.ts';
import type { Release } from '../target/contract.ts';
import type { Placement, Refusal, Scenario } from '../target/scenario.ts';
import type { Bed, Policy, User } from './bed.ts';
import { judgeEnding } from './judge.ts';
import type { Seen } from './judge.ts';
import { refuses, refusesIrregular, USUAL_PLACEMENTS } from './placement.ts';
import { withReach } from './reach.ts';
import type { Programs } from './reach.ts';
import { hasCode, hasJudged, jobOf, neutral, programIn } from './scene.ts';

/** One run: a scenario, where its files lie, who runs it, in which bed and policy, with which interpreter. */
export interface Cell {
  readonly scenario: Scenario;
  readonly placement: Placement;
  readonly user: User;
  readonly bed: Bed;
  readonly policy: Policy;
  /** Whether code that comes from no file is refused too. */
  readonly deny: boolean;
  readonly which: 'stock' | 'patched';
  readonly expected: 'ran' | 'refused';
  /** What the scenario does where it is refused. */
  readonly refusal: Refusal | undefined;
}

/** A run with what came of it. */
export interface Result extends Cell {
  readonly seen: Seen;
  /** What is not as it should be, a line each; empty where all is well. */
  readonly wrong: readonly string[];
}

/** Which part of a matrix is run; all of it unless said otherwise. */
export interface Choice {
  /** The patches of the series; scenarios about an optional one are left out where it is not among them. */
  readonly patches?: ReadonlySet<string>;
  readonly scenarios?: (scenario: Scenario) => boolean;
  readonly cells?: (cell: Cell) => boolean;
}

/**
 * All runs of a target's scenarios: with every policy that a bed knows, each placement of the code, each user, both
 * interpreters; those that ask for it with the interactive policy as well. The controls are among them: a stock interpreter is never refused, nor is a patched one on a kernel
 * without a policy, nor code that the policy trusts.
 *
 * @throws Problem `target-invalid` for a scenario that has code that can be refused and does not say what then
 */
export function matrixOf(
  target: string,
  scenarios: readonly Scenario[],
  release: Release,
  beds: readonly Bed[],
  programs: Programs,
  choice: Choice = {},
): readonly Cell[] {
  const interpreters =
    programs.stock === undefined ? (['patched'] as const) : (['stock', 'patched'] as const);
  return scenarios
    .filter((one) => one.kernel !== 'none' && isFor(one, release))
    .filter((one) => one.patch === undefined || choice.patches?.has(one.patch) === true)
    .filter((one) => choice.scenarios?.(one) !== false)
    .flatMap((scenario) => {
      const [placed, code] = [hasCode(scenario), hasJudged(scenario)];
      if ((code || scenario.irregular === true) && scenario.refused === undefined) {
        const message = `scenario ${scenario.id} does not say what a refusal looks like`;
        throw problem('target-invalid', { target, message });
      }
      // Where nothing is judged, the files' mode means nothing.
      const placements = scenario.placements ?? (placed ? USUAL_PLACEMENTS : (['plain'] as const));
      const cells: Cell[] = [];
      for (const placement of placements) {
        for (const user of scenario.users ?? (['nobody'] as const)) {
          for (const bed of beds) {
            if (lackOf({ bed, placement, user }) !== undefined) continue;
            for (const policy of bed.policies) {
              const refused =
                (code && refuses(bed.mechanism, policy, placement, user)) ||
                (scenario.irregular === true && refusesIrregular(bed.mechanism, policy));
              for (const deny of interactive(scenario, bed)) {
                const denial = deny ? denialOf(scenario, placement, user) : undefined;
                const refusal = denial ?? scenario.refused;
                for (const which of interpreters) {
                  const expected =
                    which === 'patched' && (refused || denial !== undefined) ? 'refused' : 'ran';
                  cells.push({ scenario, placement, user, bed, policy, deny, which, expected, refusal });
                }
              }
            }
          }
        }
      }
      return cells;
    })
    .filter((cell) => choice.cells?.(cell) !== false);
}

/** The interactive policies that a scenario is run with: what nothing refuses is compared with all. */
function interactive({ denied, open }: Scenario, { mechanism }: Bed): readonly boolean[] {
  return mechanism === 'check' && (denied !== undefined || open !== undefined) ? [false, true] : [false];
}

/** What a scenario does where the interactive policy denies; undefined where it runs all the same. */
function denialOf({ denied, passing }: Scenario, placement: Placement, user: User): Refusal | undefined {
  if (denied === undefined || denied === 'runs') return undefined;
  // The descriptor is checked whatever the policy of files is.
  return passing === undefined || refuses('check', 3, placement, user) ? denied : undefined;
}

/** What a bed lacks for a run; undefined where it has all. */
export function lackOf({
  bed,
  placement,
  user,
}: Pick<Cell, 'bed' | 'placement' | 'user'>): 'users' | 'namespaces' | undefined {
  if (!bed.manyUsers && (user !== 'nobody' || placement === 'owner')) return 'users';
  return placement === 'noexec' && !bed.namespaces ? 'namespaces' : undefined;
}

/**
 * Runs the cells of a matrix, as many at a time as there are processors.
 *
 * @param tell told of each result as it comes
 * @param judge says of each ending whether it is as it should be
 * @returns the results, in the order of the cells
 * @throws Problem `bed-dead`, `bed-missing`, `bad-path`, `interrupted`: no result counts then
 */
export async function runMatrix(
  cells: readonly Cell[],
  programs: Programs,
  tell: (result: Result, done: number) => void = () => undefined,
  judge: typeof judgeEnding = judgeEnding,
): Promise<readonly Result[]> {
  return withReach(cells, programs, (reached) => runCells(cells, reached, tell, judge));
}

/** How many runs there are at a time for each core: a run waits most of its time, for what is typed or to end. */
const AT_A_TIME = 3;

async function runCells(
  cells: readonly Cell[],
  programs: Programs,
  tell: (result: Result, done: number) => void,
  judge: typeof judgeEnding,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let next = 0;
  let done = 0;
  // A run that does not count ends the others: their results would not either.
  let failed = false;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < cells.length; index = next++) {
      throwIfInterrupted();
      const cell = cells[index];
      if (cell === undefined || failed) return;
      const result = await runCell(cell, programs, judge).catch((error: unknown) => {
        failed = true;
        throw error;
      });
      results[index] = result;
      done += 1;
      tell(result, done);
    }
  };
  const workers = Array.from({ length: AT_A_TIME * availableParallelism() }, worker);
  // What is still running when one fails uses what the caller takes away next.
  await Promise.allSettled(workers);
  await Promise.all(workers);
  return results;
}

async function runCell(cell: Cell, programs: Programs, judge: typeof judgeEnding): Promise<Result> {
  const whole = cell.which === 'stock' ? programs.stock : programs.patched;
  if (whole === undefined) throw new Error('a cell of a stock interpreter, but no such interpreter');
  const program = programIn(cell.bed, whole);
  const ended = await cell.bed.run(jobOf(cell.scenario, program, cell));
  const both = `${ended.stdout.toString('latin1')}${ended.stderr.toString('latin1')}`;
  const output = neutral(both, program, ended.folder);
  if (ended.ended !== 'exit' && ended.ended !== 'signal')
    return { ...cell, seen: 'other', wrong: [`ended by ${ended.ended}`] };
  return {
    ...cell,
    ...judge(cell.scenario, cell.expected, { status: ended.status, output }, cell.refusal),
  };
}
