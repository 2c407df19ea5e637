import { makeSeries } from '../../src/pipeline.ts';
import { build, isBuilt } from '../../src/prove/build.ts';
import type { Build } from '../../src/prove/build.ts';
import { readTree } from '../../src/source/tree.ts';
import { loadTrials, namedRelease } from '../../src/target/find.ts';
import type { Trials } from '../../src/target/scenario.ts';
import { gcc, given, has } from '../needs.ts';
import type { Need } from '../needs.ts';
import { sourceOf } from '../trees.ts';

/** A patched interpreter, or what is lacking for it. */
export type BuiltFound = { readonly built: Build & { readonly trials: Trials } } | { readonly lacking: Need };

/**
 * A patched interpreter that an earlier run has built; nothing is built here.
 *
 * @param release for instance `bash@5.2.15`
 */
export async function builtInterpreter(release: string): Promise<BuiltFound> {
  if (!has(gcc)) return { lacking: gcc };
  const { path, need } = await sourceOf(release);
  const named = await namedRelease(release);
  if (path === undefined || named === undefined) return { lacking: need };
  const trials = await loadTrials(named.target.name);
  const { series } = await makeSeries({ ...named, tree: readTree(path) });
  const patches = series.patches.map(({ text }) => text);
  if (!(await isBuilt({ ...named, trials }, patches))) {
    return { lacking: given(`a build of ${release}`, `npx mayexec prove ${release}`, false, true) };
  }
  return { built: { ...(await build({ ...named, trials }, path, patches)), trials } };
}
