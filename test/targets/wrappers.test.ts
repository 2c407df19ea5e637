import { describe, expect, it } from 'vitest';
import { reachedIn } from '../../src/sites/closure.ts';
import { censusOf } from '../../src/sites/sites.ts';
import { readTree } from '../../src/source/tree.ts';
import { allReleases, loadTarget, targetNames } from '../../src/target/find.ts';
import type { Wrapper } from '../../src/target/contract.ts';
import { needs } from '../needs.ts';
import { sourceOf } from '../trees.ts';

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

describe.each([
  ['bash@5.3', 'open_redir_file', ['open_redir_file']],
  ['bash@5.3', 'glob_filename', ['glob_filename']],
  ['bash@5.3', 'sh_mktmpfp', ['sh_mktmpfd', 'sh_mktmpfp']],
  ['perl@5.42.3', 'Perl_do_open6', ['Perl_do_open6', 'Perl_do_open_raw', 'Perl_nextargv']],
  ['perl@5.42.3', 'PerlLIO_open3', ['PerlLIO_open', 'PerlLIO_open3']],
  ['python@3.13.15', '_Py_open', ['_Py_open', '_Py_open_noraise']],
  ['python@3.13.15', '_Py_fopen_obj', ['_Py_fopen_obj', '_Py_wfopen']],
])('%s without the opener %s', (release, opener, names) => {
  const source = sources.get(release);
  if (source === undefined) throw new Error(`no release ${release}`);

  it('says what the census no longer sees', { ...needs(source.need), timeout: 60_000 }, async () => {
    const whole = await loadTarget(release.replace(/@.*/, ''));
    const openers = whole.openers.filter(({ token }) => !new RegExp(`^(?:${token.source})$`).test(opener));
    expect(openers).toHaveLength(whole.openers.length - 1);
    const target = { ...whole, openers };
    const tree = readTree(source.path ?? '');
    const found = await reachedIn(await censusOf(tree, target), tree, target, target.wrappers ?? []);
    expect(found.map(({ name }) => name).sort()).toEqual(names);
  });
});
