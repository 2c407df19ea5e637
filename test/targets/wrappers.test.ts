import { describe, expect, it } from 'vitest';
import { reachedIn } from '../../src/sites/closure.js';
import { censusOf } from '../../src/sites/sites.js';
import { readTree } from '../../src/source/tree.js';
import { allReleases, loadTarget, targetNames } from '../../src/target/find.js';
import type { Wrapper } from '../../src/target/contract.js';
import { needs } from '../needs.js';
import { sourceOf } from '../trees.js';

const releases = await allReleases();
const sources = new Map<string, Awaited<ReturnType<typeof sourceOf>>>();
for (const name of releases) sources.set(name, await sourceOf(name));

describe.each(targetNames())('the wrappers of %s', (name) => {
  const mine = releases.filter((release) => release.startsWith(`${name}@`));
  const trees = mine.flatMap((release) => sources.get(release) ?? []);

  it(
    'are all that there are, and each is one in some release',
    { ...needs(...trees.map(({ need }) => need)), timeout: 120_000 },
    async () => {
      const target = await loadTarget(name);
      const wrappers = target.wrappers ?? [];
      const unneeded = new Set<Wrapper>(wrappers);
      for (const { path } of trees) {
        const tree = readTree(path ?? '');
        const census = await censusOf(tree, target);
        expect(await reachedIn(census, tree, target, wrappers), path).toEqual([]);
        for (const one of unneeded) {
          const others = wrappers.filter((other) => other !== one);
          const found = await reachedIn(census, tree, target, others);
          if (found.some(({ file, name }) => file === one.file && name === one.name)) unneeded.delete(one);
        }
      }
      expect([...unneeded]).toEqual([]);
    },
  );
});
