import { makeSeries, mutantsOf } from '../../src/pipeline.js';
import { withBeds } from '../../src/prove/beds.js';
import type { BedOptions } from '../../src/prove/beds.js';
import type { Build } from '../../src/prove/build.js';
import { programOf } from '../../src/prove/build.js';
import { matrixOf, runMatrix } from '../../src/prove/matrix.js';
import { mutationCells, noticedMutants } from '../../src/prove/mutate.js';
import { openCache } from '../../src/source/cache.js';
import { readTree } from '../../src/source/tree.js';
import type { Outcome } from './checks.js';
import type { Subject } from './subjects.js';

/** The beds of this machine; with MAYEXEC_REQUIRE_TOOLS=1 one that is missing is a failure. */
function bedOptions(): BedOptions {
  return {
    cache: openCache().folder,
    say: (line) => process.stdout.write(`${line}\n`),
    require: process.env['MAYEXEC_REQUIRE_TOOLS'] === '1' ? 'all' : undefined,
  };
}

/** Runs every scenario with every policy of every bed: refused where it is due, and the stock interpreter never. */
export async function inBeds(subject: Subject, stock: Build, patched: Build): Promise<Outcome> {
  const { target, trials, release } = subject;
  const programs = { stock: programOf(subject, stock), patched: programOf(subject, patched) };
  return withBeds(bedOptions(), async (beds) => {
    const cells = matrixOf(target.name, trials.scenarios, release, beds, programs);
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

/** Leaves each site of the series plain in turn: a scenario must notice. */
export async function missedSites(subject: Subject, path: string, patched: Build): Promise<Outcome> {
  const { target, trials, release } = subject;
  const series = await makeSeries({ target, release, tree: readTree(path) });
  return withBeds({ ...bedOptions(), only: ['supervisor'] }, async (beds) => {
    const programs = { patched: programOf(subject, patched) };
    const cells = mutationCells(matrixOf(target.name, trials.scenarios, release, beds, programs));
    const noticed = await noticedMutants(
      {
        subject,
        patched,
        files: series.files,
        program: (one) => ({ patched: programOf(subject, one) }),
        cells,
        tell: () => undefined,
      },
      mutantsOf(series),
    );
    const lines = noticed
      .filter(({ scenarios }) => scenarios.length === 0)
      .map(({ site }) => `${site.file}:${site.line}: left plain, and no scenario notices`);
    const count = noticed.map(({ scenarios }) => scenarios.length).sort((a, b) => a - b);
    return {
      ok: lines.length === 0 && noticed.length > 0,
      said: `${noticed.length} sites left plain in turn, each noticed by ${count[0] ?? 0} scenarios or more`,
      lines,
    };
  });
}
