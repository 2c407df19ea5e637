import { problem } from '../problems.ts';
import { checkScenarios } from './check-scenarios.ts';
import type { Target } from './contract.ts';
import { recipeOf } from './recipe.ts';
import type { Trials, Variant } from './scenario.ts';

/** A target and what is tried with it. */
export interface Tried {
  readonly target: Target;
  readonly trials: Trials;
}

/**
 * A variant of a target by its name.
 *
 * @throws Problem `usage` where the target has no such variant
 */
export function variantNamed({ target, trials: { variants = [] } }: Tried, id: string): Variant {
  const found = variants.find((one) => one.id === id);
  if (found !== undefined) return found;
  const known = variants.map((one) => one.id).join(', ');
  const there = known === '' ? 'it has none' : `it has ${known}`;
  throw problem('usage', { message: `${target.name} has no variant ${id}: ${there}` });
}

/**
 * A target as one of its variants builds it, with the scenarios that the variant runs.
 *
 * @returns the same target and trials but for these
 * @throws Problem `target-invalid` where the variant leaves out a scenario that there is not, or names one twice
 */
export function inVariant<T extends Tried>(tried: T, { id, configure, make, binary, scenarios }: Variant): T {
  const { target, trials } = tried;
  const recipe = recipeOf(target);
  const { without = {}, own = [] } = scenarios ?? {};
  for (const name of Object.keys(without)) {
    if (!trials.scenarios.some((one) => one.id === name))
      throw problem('target-invalid', {
        target: target.name,
        message: `variant ${id} leaves out scenario ${name}, which does not exist`,
      });
  }
  const kept = trials.scenarios.filter((one) => !Object.hasOwn(without, one.id));
  return {
    ...tried,
    target: { ...target, build: { ...recipe, configure, make, binary: binary ?? recipe.binary } },
    trials: {
      ...trials,
      scenarios: scenarios === undefined ? [] : checkScenarios(target, [...kept, ...own]),
    },
  };
}
