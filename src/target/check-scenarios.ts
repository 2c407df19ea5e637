import { problem } from '../problems.ts';
import { unknownIn } from './capabilities.ts';
import type { Target } from './contract.ts';
import type { Scenario } from './scenario.ts';

/**
 * Ties scenarios to their target: each has an id that no other has, and what a scenario is about is there.
 *
 * @throws Problem `target-invalid`, naming the scenario and what is wrong
 */
export function checkScenarios(
  target: Pick<Target, 'name' | 'patches' | 'capabilities'>,
  scenarios: readonly Scenario[],
): readonly Scenario[] {
  const wrong = (message: string): Error => problem('target-invalid', { target: target.name, message });
  const seen = new Set<string>();
  for (const { id, patch, where } of scenarios) {
    if (seen.has(id)) throw wrong(`scenario ${id} occurs twice`);
    seen.add(id);
    if (patch !== undefined && !target.patches.some((one) => one.id === patch))
      throw wrong(`scenario ${id} is about patch ${patch}, which does not exist`);
    const unknown = unknownIn({ ...(where !== undefined && { where }) }, target);
    if (unknown !== undefined)
      throw wrong(`scenario ${id} asks for capability ${unknown}, which does not exist`);
  }
  return scenarios;
}
