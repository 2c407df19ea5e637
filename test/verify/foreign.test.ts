import { describe, expect, it } from 'vitest';
import { applySeries, seriesOf } from '../../src/series/series.ts';
import type { Series } from '../../src/series/series.ts';
import { memoryTree } from '../../src/source/tree.ts';
import { verifySeries } from '../../src/verify/foreign.ts';
import { needs, tool } from '../needs.ts';

const message = {
  author: 'A <a@localhost>',
  date: '2024-02-29',
  subject: 'area: do it',
  body: 'Why.',
  origin: 'vendor',
  forwarded: 'no',
  upstreamStatus: 'Pending',
};
const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_one, index) => `line ${from + index}\n`).join('');

const series = (file: string): Series =>
  seriesOf([
    {
      id: 'one',
      message,
      changes: [
        { file, before: lines(0, 20), after: lines(0, 10) + 'new\n' + lines(10, 20), executable: false },
      ],
    },
  ]);

const unverified = (tool: string, text: string) => ({
  code: 'unverified',
  details: { tool, message: expect.stringContaining(text) as unknown },
});

describe('verifySeries', needs(tool('git'), tool('patch'), tool('quilt')), () => {
  it.each(['a.c', 'offset/fuzz.c', 'with offset 1.c'.replaceAll(' ', '_')])(
    'lets a series for %s pass',
    async (file) => {
      const tree = memoryTree(new Map([[file, lines(0, 20)]]));
      const made = series(file);
      expect(await verifySeries(tree, made, applySeries(tree, made))).toEqual([
        { tool: 'git am', result: 'applied' },
        { tool: 'patch', result: 'applied' },
        { tool: 'quilt', result: 'applied' },
      ]);
    },
  );

  it('finds an offset', async () => {
    const before = 'first\n' + lines(0, 20);
    const files = new Map([['a.c', 'first\n' + lines(0, 10) + 'new\n' + lines(10, 20)]]);
    const tree = memoryTree(new Map([['a.c', before]]));
    await expect(verifySeries(tree, series('a.c'), files)).rejects.toMatchObject(
      unverified('patch', 'offset 1 line'),
    );
  });

  it('finds a patch that does not apply', async () => {
    const tree = memoryTree(new Map([['a.c', 'other\n']]));
    await expect(verifySeries(tree, series('a.c'), new Map([['a.c', '']]))).rejects.toMatchObject(
      unverified('git', 'patch does not apply'),
    );
  });

  it('finds other bytes than the kit makes', async () => {
    const tree = memoryTree(new Map([['a.c', lines(0, 20)]]));
    await expect(verifySeries(tree, series('a.c'), new Map([['a.c', lines(0, 20)]]))).rejects.toMatchObject(
      unverified('git am', "a.c: its bytes differ from the kit's"),
    );
  });

  it('has nothing against an empty series', async () => {
    const judged = await verifySeries(memoryTree(new Map([['a.c', 'x\n']])), { patches: [] }, new Map());
    expect(judged).toHaveLength(3);
  });
});
