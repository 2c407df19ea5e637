import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patchFileName } from '../../src/series/message.ts';
import { seriesOf } from '../../src/series/series.ts';
import type { FileChange } from '../../src/series/diff.ts';
import { needs, tool } from '../needs.ts';
import { changes } from './arbitraries.ts';
import { belowMessage, Repository } from './git.ts';

const message = {
  author: 'A <a@localhost>',
  date: '2024-02-29',
  subject: 'area: do it',
  body: 'Why.',
  origin: 'vendor',
  forwarded: 'no',
  upstreamStatus: 'Pending',
};

const ours = (made: readonly FileChange[]): string =>
  seriesOf([{ id: 'one', message, changes: made }])
    .patches.map((one) => belowMessage(one.text))
    .join('');

describe('a patch is the one that git format-patch writes', needs(tool('git')), () => {
  let repository: Repository;
  beforeAll(async () => {
    repository = await new Repository().start();
  });
  afterAll(() => {
    repository.end();
  });

  it('from the diffstat down, for random changes', async () => {
    const seed = Date.now() % 2 ** 31;
    const cases = fc.sample(changes, { numRuns: 500, seed });
    const theirs = await repository.formatPatches(cases);
    for (const [index, one] of cases.entries()) {
      expect(ours(one), `case ${index} of seed ${seed}`).toBe(belowMessage(theirs[index] ?? ''));
    }
  });

  it('where the names, the counts and the ends are awkward', async () => {
    const long = `${'folder/'.repeat(12)}file.c`;
    const lines = (count: number, from = 1): string =>
      Array.from({ length: count }, (_one, index) => `line ${from + index}\n`).join('');
    const change = (file: string, before: string | undefined, after: string): FileChange => ({
      file,
      before,
      after,
      executable: file.endsWith('.sh'),
    });
    const cases: FileChange[][] = [
      [change('empty', '', 'a\n')],
      [change('empty', 'a\n', '')],
      [change('a', 'a', 'a\n'), change('a.b', 'a\n', 'a'), change('a0/b', undefined, 'z')],
      [change('run.sh', undefined, lines(3)), change('also.sh', 'a\n', 'b\n')],
      [change(long, lines(2), lines(300)), change('b', lines(900), lines(1000))],
      [change(long.replaceAll('/', '-'), lines(2), lines(3))],
      [change('a', lines(1000), lines(2)), change('b', 'x\n', 'y\n'), change('c', 'x\n', lines(50))],
      [change('heads', `f\xa0 (\n${lines(9)}`, `f\xa0 (\n${lines(10)}`)],
      [change('heads', `f (\f\xc3\xa9)\f \n${lines(9)}`, `f (\f\xc3\xa9)\f \n${lines(10)}`)],
      [change('heads', `f${'\xc3\xa9'.repeat(60)}\n${lines(9)}`, `f${'\xc3\xa9'.repeat(60)}\n${lines(10)}`)],
      [change('cr', 'int f()\r\n{\r\n1\r\n2\r\n3\r\n}\r\n', 'int f()\r\n{\r\n1\r\n2\r\n4\r\n}\r\n')],
    ];
    const theirs = await repository.formatPatches(cases);
    expect(cases.map(ours)).toEqual(theirs.map(belowMessage));
  });

  it('by its name', async () => {
    const subjects = [
      'a',
      'lib/sh: add sh_open_code, which opens a file to be executed',
      '  perl.c, toke.c: open -- with (care)...  and_x.y..z ...',
      '.hidden: ..dots',
      "it's: a `name' that is cut just at a dash xxxxxxxxxxxx yyyy",
      'it is a name that is cut just behind some dots here.. and on',
      'caf\u00e9: no such letter \u2013 in a name',
      '--- -',
      'ends with a dash -',
      ...Array.from({ length: 12 }, (_one, index) => `${'x'.repeat(index + 44)} y.- z`),
    ];
    for (const [index, subject] of subjects.entries()) {
      expect(patchFileName(index * 97 + 1, subject)).toBe(await repository.fileName(index * 97 + 1, subject));
    }
  });
});
