import { umlMaker } from '../../src/commands/uml.ts';
import { questionMutantsOf, siteMutantsOf } from '../../src/mutants.ts';
import { chosenPatches, makeSeries } from '../../src/pipeline.ts';
import type { Bed } from '../../src/prove/bed.ts';
import { withBeds } from '../../src/prove/beds.ts';
import type { BedOptions } from '../../src/prove/beds.ts';
import type { Build } from '../../src/prove/build.ts';
import { programOf } from '../../src/prove/build.ts';
import { matrixOf, runMatrix } from '../../src/prove/matrix.ts';
import type { Cell } from '../../src/prove/matrix.ts';
import { mutationCells, noticedMutants, unmadeNoticed, unprovenIn } from '../../src/prove/mutate.ts';
import type { Mutant, MutationBench } from '../../src/prove/mutate.ts';
import { runTable } from '../../src/prove/run-table.ts';
import { DIFFERENCES, TABLE } from '../../src/prove/table.ts';
import { openCache } from '../../src/source/cache.ts';
import { quietProgress } from '../../src/source/progress.ts';
import { readTree } from '../../src/source/tree.ts';
import type { Outcome } from './checks.ts';
import type { Kernel } from './selftest.ts';
import type { Subject } from './subjects.ts';

/** The beds of this machine; with MAYEXEC_REQUIRE_TOOLS=1 one that is missing is a failure. */
export function bedOptions(): BedOptions {
  return {
    cache: openCache().folder,
    say: (line) => process.stdout.write(`${line}\n`),
    require: process.env['MAYEXEC_REQUIRE_TOOLS'] === '1' ? 'all' : undefined,
  };
}

/** The bed with a kernel of its own alone, which is built where no earlier run has. */
function umlOptions(kernel: Kernel = {}): BedOptions {
  const options = bedOptions();
  const progress = { ...quietProgress, step: options.say };
  const more = [umlMaker({ ...kernel, cache: options.cache, build: true, progress })];
  return { ...options, only: [], more };
}

/** Builds the kernel of the bed uml, boots it and puts the table to it. */
export async function kernelOfUml(kernel: Kernel): Promise<Outcome> {
  return withBeds(umlOptions(kernel), async ([bed], { probe }) => {
    if (bed === undefined) return { ok: true, said: 'not run: see above' };
    const say = (line: string): void => void process.stdout.write(`${line}\n`);
    const { asked, deviations } = await runTable(bed, probe, TABLE, DIFFERENCES, say);
    const lines = deviations.map(
      ({ row, user, policy, expected, got }) => `${row}, ${user}, policy ${policy}: ${got}, not ${expected}`,
    );
    return { ok: lines.length === 0, said: `${asked} cells of the table`, lines };
  });
}

/**
 * As {@link inBeds}, in a kernel that knows the flag.
 *
 * @param all every policy; otherwise the strictest, in which the stock one still runs all: the supervisor has the others, and the table has each in this kernel
 */
export function inUml(subject: Subject, stock: Build, patched: Build, all: boolean): Promise<Outcome> {
  return inBeds(subject, stock, patched, umlOptions(), ({ policy }) => all || policy === 3);
}

/** Runs every scenario with every policy of every bed: refused where it is due, and the stock interpreter never. */
export async function inBeds(
  subject: Subject,
  stock: Build,
  patched: Build,
  options = bedOptions(),
  chosen: (cell: Pick<Cell, 'policy'>) => boolean = () => true,
): Promise<Outcome> {
  const { target, trials, release } = subject;
  const programs = { stock: programOf(subject, stock), patched: programOf(subject, patched) };
  return withBeds(options, async (beds) => {
    if (beds.length === 0) return { ok: true, said: 'not run: see above' };
    const patches = new Set(chosenPatches(target, release, undefined).map(({ id }) => id));
    const cells = matrixOf(target.name, trials.scenarios, release, beds, programs, {
      patches,
      cells: chosen,
    });
    const results = await runMatrix(cells, programs);
    const refused = results.filter(({ seen, expected }) => seen === 'refused' && expected === 'refused');
    const lines = results.flatMap(({ scenario, bed, policy, placement, user, which, wrong }) =>
      wrong.map((line) => `${scenario.id}, ${bed.name} ${policy}, ${placement}, ${user}, ${which}: ${line}`),
    );
    return {
      ok: lines.length === 0 && refused.length > 0,
      said: `${results.length} runs in ${beds.length} beds, ${refused.length} of them refused`,
      lines,
    };
  });
}

/** How many sites are left plain where not all are: each is a build, and a run of what may be refused. */
const SOME = 2;

/** All, or a few that are as far apart as can be. */
function spread(mutants: readonly Mutant[], all: boolean): readonly Mutant[] {
  const step = all ? 1 : Math.max(1, mutants.length / SOME);
  return mutants.filter((_one, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

/**
 * Leaves sites and questions of the series out, one after the other: a scenario must notice each.
 *
 * @param all each of them; otherwise a few
 */
export async function missedSites(
  subject: Subject,
  path: string,
  patched: Build,
  all: boolean,
): Promise<Outcome> {
  const { target, trials, release } = subject;
  const series = await makeSeries({ target, release, tree: readTree(path) });
  const sites = siteMutantsOf(series);
  const questions = questionMutantsOf(series);
  const mutants = [...spread(sites.mutants, all), ...spread(questions.mutants, all)];
  return withBeds({ ...bedOptions(), only: ['supervisor', 'securebits'] }, async (beds) => {
    const programs = { patched: programOf(subject, patched) };
    const patches = new Set(series.series.patches.map(({ id }) => id));
    const cellsIn = (mechanism: Bed['mechanism']): MutationBench['cells'] => {
      const some = beds.filter((bed) => bed.mechanism === mechanism);
      return mutationCells(matrixOf(target.name, trials.scenarios, release, some, programs, { patches }));
    };
    const cells = { site: cellsIn('flag').site, question: cellsIn('check').question };
    const tried = await noticedMutants(
      {
        subject,
        patched,
        files: series.files,
        program: (one) => ({ patched: programOf(subject, one) }),
        cells,
        tell: () => undefined,
      },
      // A machine without the securebits asks no questions.
      mutants.filter(({ kind }) => kind === 'site' || beds.some(({ mechanism }) => mechanism === 'check')),
    );
    const noticed = [...tried, ...[...sites.unmade, ...questions.unmade].map(unmadeNoticed)];
    const lines = unprovenIn(noticed);
    const count = tried.map(({ scenarios }) => scenarios.length).sort((a, b) => a - b);
    return {
      ok: lines.length === 0 && noticed.length > 0,
      said: `${tried.length} sites and questions left out in turn, each noticed by ${count[0] ?? 0} scenarios or more; ${sites.unmade.length + questions.unmade.length} without a mutant`,
      lines,
    };
  });
}
