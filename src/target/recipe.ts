import { problem } from '../problems.ts';
import type { BuildRecipe, Target } from './contract.ts';

/**
 * How a target's program is built.
 *
 * @throws Problem `nothing-runs` for a target that has none
 */
export function recipeOf({ name, build }: Pick<Target, 'name' | 'build'>): BuildRecipe {
  if (build === undefined) throw nothingRuns(name);
  return build;
}

/** What is told where a command wants an interpreter, and the target is none. */
export function nothingRuns(target: string): Error {
  return problem('nothing-runs', { target });
}
