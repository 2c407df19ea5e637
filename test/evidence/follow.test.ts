import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evidenceText } from '../../src/evidence/answers.ts';
import { evidenceOf } from '../../src/evidence/evidence.ts';
import { packageFolder } from '../../src/package.ts';
import { censusOf } from '../../src/sites/sites.ts';
import { memoryTree } from '../../src/source/tree.ts';
import { target } from './target.ts';

const folder = join(packageFolder, 'test', 'evidence', 'cases');

describe('evidenceOf', () => {
  it.each(readdirSync(folder))('follows what is opened in the files of cases/%s', async (name) => {
    const own = join(folder, name);
    const files = readdirSync(own).filter((file) => file !== 'evidence.txt');
    const tree = memoryTree(new Map(files.map((file) => [file, readFileSync(join(own, file), 'latin1')])));
    const census = await censusOf(tree, target);
    const evidence = await evidenceOf(census, tree, target);
    const found = census.sites.map((site) => {
      const one = evidence.get(site.id);
      return `${site.file}:${site.line}: ${site.owner.name}: ${one === undefined ? '' : evidenceText(one)}`;
    });
    const expected = join(own, 'evidence.txt');
    if (process.env['UPDATE'] === '1') writeFileSync(expected, found.join(''));
    expect(found.join('')).toBe(readFileSync(expected, 'utf8'));
  });
});
