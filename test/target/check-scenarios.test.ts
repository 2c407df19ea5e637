import { describe, expect, it } from 'vitest';
import { checkScenarios } from '../../src/target/check-scenarios.ts';
import { interpreterNames, loadTarget, loadTrials } from '../../src/target/find.ts';
import type { Scenario } from '../../src/target/scenario.ts';

const target = {
  name: 'toy',
  patches: [{ id: 'script', subject: 's', needs: [], message: 'm' }],
  capabilities: [{ id: 'new', what: 'It is new.', file: 'f' }],
};

const scenario = (id: string, more: Partial<Scenario> = {}): Scenario => ({
  id,
  what: id,
  files: {},
  argv: [],
  marked: [],
  plain: [],
  says: [],
  ...more,
});

describe('the scenarios of a target', () => {
  it('are given back where they are right', () => {
    const scenarios = [scenario('a', { patch: 'script' }), scenario('b', { where: '!new' }), scenario('c')];
    expect(checkScenarios(target, scenarios)).toBe(scenarios);
  });

  it.each<[string, readonly Scenario[], string]>([
    ['an id twice', [scenario('a'), scenario('b'), scenario('a')], 'scenario a occurs twice'],
    [
      'a patch that the target lacks',
      [scenario('a', { patch: 'scripts' })],
      'scenario a is about patch scripts, which does not exist',
    ],
    [
      'a capability that the target lacks',
      [scenario('a', { where: ['new', '!old'] })],
      'scenario a asks for capability old, which does not exist',
    ],
  ])('%s is an error', (_what, scenarios, message) => {
    expect(() => checkScenarios(target, scenarios)).toThrow(message);
  });

  it.each(interpreterNames())('%s: are right as they are loaded', async (name) => {
    const { scenarios } = await loadTrials(name);
    expect(checkScenarios(await loadTarget(name), scenarios).length).toBeGreaterThan(0);
  });
});
