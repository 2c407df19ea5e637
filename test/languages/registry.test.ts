import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assertRead, languages, readerOf } from '../../src/languages/registry.ts';
import { packageFolder } from '../../src/package.ts';
import { censusOf } from '../../src/sites/sites.ts';
import { memoryTree } from '../../src/source/tree.ts';
import { loadTarget, targetNames } from '../../src/target/find.ts';
import { target as toy } from '../toy/target.ts';

const folders = readdirSync(join(packageFolder, 'src', 'languages'), { withFileTypes: true })
  .filter((one) => one.isDirectory())
  .map(({ name }) => name)
  .sort();

describe('the registry of languages', () => {
  it('has each folder of src/languages/, by its name', () => {
    expect(
      languages()
        .map(([name]) => name)
        .sort(),
    ).toEqual(folders);
  });

  it('says which target names a language that is not read, and which are', () => {
    const known = languages()
      .map(([name]) => name)
      .join(', ');
    expect(() => readerOf('ruby', { name: 'toy' })).toThrow(
      `names the language ruby, which is none of those that are read: ${known}`,
    );
    const [opener] = toy.openers;
    const openers = opener === undefined ? [] : [{ ...opener, lang: 'C' }];
    expect(() => {
      assertRead({ ...toy, openers });
    }).toThrow('names the language C');
    expect(() => {
      assertRead({ ...toy, evaluates: { pyhton: ['exec'] } });
    }).toThrow('names the language pyhton');
  });

  it('is asked before a tree is looked at', async () => {
    const target = { ...toy, evaluates: { ruby: [] } };
    await expect(censusOf(memoryTree(new Map()), target)).rejects.toThrow('names the language ruby');
  });

  it.each(targetNames())('reads all that %s is written in', async (name) => {
    const target = await loadTarget(name);
    expect(() => {
      assertRead(target);
    }).not.toThrow();
  });
});
