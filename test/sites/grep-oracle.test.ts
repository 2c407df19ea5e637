import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { loadTarget } from '../../src/target/find.ts';
import { plain } from '../fixtures/plain.ts';
import { given, needs, tool } from '../needs.ts';
import { target as toy } from '../toy/target.ts';
import { grepOracle } from './grep-oracle.ts';

const same = { missing: [], extra: [] };

describe('grep finds the hits of the census', needs(tool('grep')), () => {
  it('in toy', async () => {
    expect(await grepOracle(join(packageFolder, 'test/toy/tree'), toy)).toEqual(same);
  });

  it('in the code of the fixtures', async () => {
    expect(await grepOracle(join(packageFolder, 'test/fixtures/cases'), plain)).toEqual(same);
  });

  it('and says what either finds alone', async () => {
    const top = join(packageFolder, 'test/toy/tree');
    const fewer = { ...toy, openers: toy.openers.filter((one) => one.token.source !== 'fopen') };
    const at = readFileSync(join(top, 'src/eval.c'), 'latin1').indexOf('fopen');
    const alone = [`src/eval.c:${at}:fopen`];
    expect(await grepOracle(top, toy, fewer)).toEqual({ missing: [], extra: alone });
    expect(await grepOracle(top, fewer, toy)).toEqual({ missing: alone, extra: [] });
  });

  const bash = process.env['MAYEXEC_BASH_TREE'] ?? '';
  const tree = given('a source tree of Bash', 'set MAYEXEC_BASH_TREE to its folder', bash !== '');
  it('in bash', needs(tree), async () => {
    expect(await grepOracle(bash, await loadTarget('bash'))).toEqual(same);
  });
});
