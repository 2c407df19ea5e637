import { withCopy } from './build.ts';
import type { Build, Buildable } from './build.ts';
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

/** A series that leaves one site unpatched, or does not ask one question. */
export interface Mutant {
  readonly at: Place;
  readonly kind: 'site' | 'question';
  /** The files that come out otherwise than by the whole series, with their text (latin1). */
  readonly files: ReadonlyMap<string, string>;
}

/** What the matrix said of a mutant. */
export interface Noticed extends Pick<Mutant, 'at' | 'kind'> {
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

/**
 * Builds the series once for each mutant, and runs the matrix: what is left out and no scenario notices is not proved
 * by any.
 *
 * @throws Error where the whole series itself, built in the same way, is not as expected: nothing could be told then
 */
export async function noticedMutants(
  bench: MutationBench,
  mutants: readonly Mutant[],
): Promise<readonly Noticed[]> {
  const { subject, patched, files, program, cells, tell } = bench;
  return withCopy(subject, patched, async (copy, again) => {
    const red = async (some: readonly Cell[]): Promise<readonly Result[]> =>
      (await runMatrix(some, program(copy))).filter(({ wrong }) => wrong.length > 0);
    // The control: made again with nothing left out, the matrix is green.
    await again(files);
    const [first] = await red([...cells.site, ...cells.question]);
    if (first !== undefined) {
      const said = first.wrong.join('; ');
      throw new Error(`scenario ${first.scenario.id} fails with the whole series: ${said}`);
    }
    const noticed: Noticed[] = [];
    // What the mutant before left behind is put right by the build of the next one.
    let back: ReadonlyMap<string, string> = new Map();
    for (const [index, { at, kind, files: changed }] of mutants.entries()) {
      const start = performance.now();
      await again(new Map([...back, ...changed]));
      const results = await red(cells[kind]);
      const seconds = (performance.now() - start) / 1000;
      const scenarios = [...new Set(results.map(({ scenario }) => scenario.id))];
      const one = { at, kind, scenarios, saw: results[0]?.wrong[0], seconds };
      noticed.push(one);
      tell(one, index + 1);
      back = new Map([...files].filter(([file]) => changed.has(file)));
    }
    return noticed;
  });
}
