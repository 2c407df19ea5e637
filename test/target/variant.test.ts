import { describe, expect, it } from 'vitest';
import { loadTarget, loadTrials } from '../../src/target/find.ts';
import type { Scenario, Variant } from '../../src/target/scenario.ts';
import { inVariant, variantNamed } from '../../src/target/variant.ts';
import type { Tried } from '../../src/target/variant.ts';

const own: Scenario = {
  id: 'own',
  what: 'what it alone has',
  files: {},
  argv: ['{interpreter}'],
  marked: [],
  plain: [],
  says: [],
};

const usual: Variant = { id: 'other', what: 'another one', configure: ['./other'], make: ['make', 'other'] };

async function mawk(): Promise<Tried> {
  return { target: await loadTarget('mawk'), trials: await loadTrials('mawk') };
}

describe('a variant of a target', () => {
  it('is built in its own way, and runs the scenarios of the target but some, and its own', async () => {
    const tried = await mawk();
    const variant = { ...usual, scenarios: { without: { script: 'a reason' }, own: [own] } };
    const { target, trials } = inVariant(tried, variant);
    expect(target.build).toEqual({ ...tried.target.build, configure: ['./other'], make: ['make', 'other'] });
    const ids = tried.trials.scenarios.map(({ id }) => id);
    expect(ids).toContain('script');
    expect(trials.scenarios.map(({ id }) => id)).toEqual([...ids.filter((id) => id !== 'script'), 'own']);
  });

  it('has its own program, where it makes another', async () => {
    expect(inVariant(await mawk(), { ...usual, binary: 'other' }).target.build?.binary).toBe('other');
  });

  it('runs nothing where it has no scenarios', async () => {
    expect(inVariant(await mawk(), usual).trials.scenarios).toEqual([]);
  });

  it.each([
    ['leaves out a scenario that there is not', { without: { nowhere: 'a reason' } }, 'nowhere'],
    ['has one twice', { without: {}, own: [{ ...own, id: 'script' }] }, 'script'],
  ])('is refused where it %s', async (_how, scenarios, named) => {
    const tried = await mawk();
    expect(() => inVariant(tried, { ...usual, scenarios })).toThrow(
      expect.objectContaining({ code: 'target-invalid', message: expect.stringContaining(named) as string }),
    );
  });

  it('is known by its name, and where there is none of that name the others are named', async () => {
    const { target, trials } = await mawk();
    const tried = { target, trials: { ...trials, variants: [usual] } };
    expect(variantNamed(tried, 'other')).toBe(usual);
    const thrown = (all: Tried): unknown => {
      try {
        return variantNamed(all, 'nowhere');
      } catch (error) {
        return error;
      }
    };
    expect(thrown(tried)).toMatchObject({
      code: 'usage',
      message: expect.stringContaining('it has other') as string,
    });
    expect(thrown({ target, trials: { ...trials, variants: [] } })).toMatchObject({
      code: 'usage',
      message: expect.stringContaining('it has none') as string,
    });
  });
});
