import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem, problem } from '../problems.ts';
import { withCopy } from './build.ts';
import type { Build, Buildable } from './build.ts';
import { judgeEnding, judgeOutcome } from './judge.ts';
import { runMatrix } from './matrix.ts';
import type { Cell, Result } from './matrix.ts';
import type { Programs } from './reach.ts';

/** What is left out: a site, or the place of a question in the patched tree; `line` is 1-based. */
export interface Place {
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** A series that leaves one site unpatched, calls what a function was before it at one, or does not ask one question. */
export interface Mutant {
  readonly at: Place;
  readonly kind: 'site' | 'question';
  /** The files that come out otherwise than by the whole series, with their text (latin1). */
  readonly files: ReadonlyMap<string, string>;
}

/** A marked site, or a question, that no mutant is made for. */
export interface Unmade extends Pick<Mutant, 'at' | 'kind'> {
  readonly why: string;
  /** Whether the target says why, and what proves the site instead. */
  readonly excused: boolean;
}

/** What the matrix said of a mutant. */
export interface Noticed extends Pick<Mutant, 'at' | 'kind'> {
  /** Why it was not run: it could not be built, or there is none. */
  readonly unmade?: Pick<Unmade, 'why' | 'excused'>;
  /** The scenarios that turned red, and what the first of them saw; none: nothing proves the place. */
  readonly scenarios: readonly string[];
  readonly saw: string | undefined;
  /** From the change to the last run, in s. */
  readonly seconds: number;
}

/** What a matrix of a mutant is run with. */
export interface MutationBench {
  readonly subject: Buildable;
  /** The build of the whole series. */
  readonly patched: Build;
  /** The texts (latin1) that its files have. */
  readonly files: ReadonlyMap<string, string>;
  /** The program that a build is run as. */
  readonly program: (build: Build) => Programs;
  /** The runs that may notice something, by what is left out. */
  readonly cells: Readonly<Record<Mutant['kind'], readonly Cell[]>>;
  /** Told of each mutant as it is done. */
  readonly tell: (noticed: Noticed, done: number) => void;
}

/**
 * The runs of a matrix that a mutant can turn red: for a site, what is refused for its mode where every policy of files
 * is on; for a question, what the interactive policy alone refuses.
 */
export function mutationCells(cells: readonly Cell[]): MutationBench['cells'] {
  const refused = cells.filter(
    ({ which, expected, placement }) =>
      which === 'patched' && expected === 'refused' && placement !== 'noexec',
  );
  return {
    site: refused.filter(({ policy, deny }) => policy === 3 && !deny),
    question: refused.filter(({ policy, deny }) => policy === 0 && deny),
  };
}

/** What is to be said where no mutant is made. */
export function unmadeNoticed({ at, kind, why, excused }: Unmade): Noticed {
  return { at, kind, unmade: { why, excused }, scenarios: [], saw: undefined, seconds: 0 };
}

/** The places that no scenario proves, where the target does not say what does, a line each. */
export function unprovenIn(noticed: readonly Noticed[]): readonly string[] {
  return noticed
    .filter(({ scenarios, unmade }) => scenarios.length === 0 && unmade?.excused !== true)
    .map(({ at, unmade }) => `${at.file}:${at.line} ${at.text}${unmade ? `: ${unmade.why}` : ''}`);
}

/**
 * Wants a scenario to prove each place.
 *
 * @throws Problem `unproven` with those that none proves
 */
export function assertProven(noticed: readonly Noticed[]): void {
  const unproven = unprovenIn(noticed);
  if (unproven.length === 0) return;
  throw problem('unproven', {
    count: unproven.length,
    list: unproven.map((line) => `  ${line}`).join('\n'),
  });
}

/**
 * Builds the series once for each mutant, and runs the matrix: what is left out and no scenario notices is not proved
 * by any. Noticed is code that runs though it is to be refused: a mutant that only breaks something proves nothing, and
 * one that cannot be built is noticed by none.
 *
 * @throws Error where the whole series itself, built in the same way, is not as expected: nothing could be told then
 */
export async function noticedMutants(
  bench: MutationBench,
  mutants: readonly Mutant[],
): Promise<readonly Noticed[]> {
  const { subject, patched, files, program, cells, tell } = bench;
  return withCopy(subject, patched, async (copy, again) => {
    const red = async (some: readonly Cell[], judge: typeof judgeEnding): Promise<readonly Result[]> =>
      (await runMatrix(some, program(copy), undefined, judge)).filter(({ wrong }) => wrong.length > 0);
    // The control: made again with nothing left out, the matrix is green.
    await again(files);
    const [first] = await red([...cells.site, ...cells.question], judgeEnding);
    if (first !== undefined) {
      const said = first.wrong.join('; ');
      throw new Error(`scenario ${first.scenario.id} fails with the whole series: ${said}`);
    }
    const noticed: Noticed[] = [];
    // What the mutant before left behind is put right by the build of the next one.
    let back: ReadonlyMap<string, string> = new Map();
    // A mutant can change a file that the series does not.
    const whole = new Map(files);
    for (const [index, { at, kind, files: changed }] of mutants.entries()) {
      const start = performance.now();
      const tried = async (): Promise<Pick<Noticed, 'unmade' | 'scenarios' | 'saw'>> => {
        // Nothing would be run.
        if (cells[kind].length === 0) return { scenarios: [], saw: undefined };
        for (const file of changed.keys()) {
          if (!whole.has(file)) whole.set(file, readFileSync(join(copy.tree, file), 'latin1'));
        }
        const failed = await failureOf(again(new Map([...back, ...changed])));
        back = new Map([...whole].filter(([file]) => changed.has(file)));
        if (failed !== undefined) {
          const unmade = { why: `cannot be built: ${failed}`, excused: false };
          return { unmade, scenarios: [], saw: undefined };
        }
        const results = await red(cells[kind], judgeOutcome);
        return {
          scenarios: [...new Set(results.map(({ scenario }) => scenario.id))],
          saw: results[0]?.wrong[0],
        };
      };
      const one = { at, kind, ...(await tried()), seconds: (performance.now() - start) / 1000 };
      noticed.push(one);
      tell(one, index + 1);
    }
    return noticed;
  });
}

/** Why a build failed, in the first line that a compiler calls an error; undefined where it did not. */
async function failureOf(building: Promise<void>): Promise<string | undefined> {
  try {
    await building;
    return undefined;
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'tool-failed') throw error;
    return /^.*\berror\b.*$/im.exec(error.message)?.[0] ?? error.message;
  }
}
