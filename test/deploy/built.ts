import { makeSeries } from '../../src/pipeline.js';
import { build, isBuilt } from '../../src/prove/build.js';
import type { Build } from '../../src/prove/build.js';
import { readTree } from '../../src/source/tree.js';
import { loadTrials, namedRelease } from '../../src/target/find.js';
import type { Trials } from '../../src/target/scenario.js';
import { notRun } from '../needs.js';
import { sourceOf } from '../trees.js';

/**
 * A patched interpreter that an earlier run has built; nothing is built here. Where there is none, says in one line what
 * is not run.
 *
 * @param release for instance `bash@5.2.15`
 */
export async function builtInterpreter(
  release: string,
): Promise<(Build & { readonly trials: Trials }) | undefined> {
  const purpose = `deploy of ${release}`;
  const path = await sourceOf(release, purpose);
  const named = await namedRelease(release);
  if (path === undefined || named === undefined) return undefined;
  const trials = await loadTrials(named.target.name);
  const { series } = await makeSeries({ ...named, tree: readTree(path) });
  const patches = series.patches.map(({ text }) => text);
  if (!(await isBuilt({ ...named, trials }, patches))) {
    notRun(purpose, `a build of it (node dist/src/cli.js prove ${release})`);
    return undefined;
  }
  return { ...(await build({ ...named, trials }, path, patches)), trials };
}
