import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyEdits } from '../../src/edits/apply.ts';
import { run } from '../../src/programs/run.ts';
import type { FileChange } from '../../src/series/diff.ts';
import { applySeries, seriesOf } from '../../src/series/series.ts';
import type { Series } from '../../src/series/series.ts';
import { memoryTree } from '../../src/source/tree.ts';
import { needs, tool } from '../needs.ts';
import { line, related, text } from './arbitraries.ts';

const message = {
  author: 'A <a@localhost>',
  date: '2024-02-29',
  subject: 'area: do it',
  body: 'Why.',
  origin: 'vendor',
  forwarded: 'no',
  upstreamStatus: 'Pending',
};

const one = (changes: readonly FileChange[]): Series => seriesOf([{ id: 'one', message, changes }]);

const treeOf = (changes: readonly FileChange[]) =>
  memoryTree(
    new Map(changes.flatMap(({ file, before }) => (before === undefined ? [] : [[file, before] as const]))),
  );

/** A text, and edits of it that do not touch each other: each a stretch and what comes in its place. */
const edited = fc
  .tuple(
    text,
    fc.array(fc.tuple(fc.nat(400), fc.nat(20), fc.array(line, { maxLength: 3 })), { maxLength: 5 }),
  )
  .map(([before, wanted]) => {
    const edits: { start: number; end: number; text: string; file: string; patch: string }[] = [];
    let from = 0;
    for (const [skip, length, lines] of wanted) {
      const start = Math.min(before.length, from + skip);
      const end = Math.min(before.length, start + length);
      edits.push({ start, end, text: lines.join('\n'), file: 'a', patch: 'one' });
      from = end;
    }
    return { before, edits };
  });

describe('apply after diff is the identity', () => {
  it('for edits of any bytes', () => {
    fc.assert(
      fc.property(edited, ({ before, edits }) => {
        const after = applyEdits(before, edits);
        fc.pre(after !== before);
        const changes = [{ file: 'a', before, after, executable: false }];
        expect(applySeries(treeOf(changes), one(changes)).get('a')).toBe(after);
      }),
      { numRuns: 2000 },
    );
  });

  it('for several files, new ones among them, patch upon patch', () => {
    fc.assert(
      fc.property(fc.array(related, { minLength: 1, maxLength: 4 }), text, (pairs, created) => {
        const changes: FileChange[] = pairs
          .filter(({ before, after }) => before !== after)
          .map((pair, index) => ({ ...pair, file: `f${index}`, executable: false }));
        if (created !== '')
          changes.push({ file: 'new', before: undefined, after: created, executable: true });
        fc.pre(changes.length > 0);
        // The second step undoes the first one, as far as a patch of this kit can: it removes no file.
        const back = changes.flatMap((change) =>
          change.before === undefined ? [] : [{ ...change, before: change.after, after: change.before }],
        );
        const series = seriesOf([
          { id: 'there', message, changes },
          { id: 'back', message, changes: back },
        ]);
        const files = applySeries(treeOf(changes), series);
        for (const { file, before, after } of changes) expect(files.get(file)).toBe(before ?? after);
      }),
      { numRuns: 1000 },
    );
  });

  it('and a series that does not stand exactly where it says is refused', () => {
    fc.assert(
      fc.property(related, ({ before, after }) => {
        fc.pre(before !== after && before.length > 0);
        const series = one([{ file: 'a', before, after, executable: false }]);
        const moved = memoryTree(new Map([['a', `another line\n${before}`]]));
        expect(() => applySeries(moved, series)).toThrow(expect.objectContaining({ code: 'unverified' }));
      }),
      { numRuns: 500 },
    );
  });
});

describe('git apply and patch make the bytes that we make', needs(tool('git'), tool('patch')), () => {
  let top: string;
  beforeEach(() => {
    top = mkdtempSync(join(tmpdir(), 'series-apply-'));
  });
  afterEach(() => {
    rmSync(top, { recursive: true });
  });

  it('of a sample of changes', async () => {
    const seed = Date.now() % 2 ** 31;
    const changes: FileChange[] = fc
      .sample(related, { numRuns: 400, seed })
      .filter(({ before, after }) => before !== after)
      .map((pair, index) => ({ ...pair, file: `folder${index % 7}/f${index}`, executable: false }));
    for (const [index, created] of fc.sample(text, { numRuns: 40, seed }).entries()) {
      if (created === '') continue;
      changes.push({ file: `new/f${index}`, before: undefined, after: created, executable: false });
    }
    const series = one(changes);
    const tools: [string, string[]][] = [
      ['git', ['apply', '--whitespace=nowarn', '-p1', '../p']],
      ['patch', ['-p1', '--fuzz=0', '--binary', '-s', '-i', '../p']],
    ];
    writeFileSync(join(top, 'p'), series.patches.map((each) => each.text).join(''), 'latin1');
    for (const [tool, args] of tools) {
      const copy = join(top, tool);
      for (const { file, before } of changes) {
        mkdirSync(dirname(join(copy, file)), { recursive: true });
        if (before !== undefined) writeFileSync(join(copy, file), before, 'latin1');
      }
      const ended = await run(tool, args, { cwd: copy, purpose: 'a test', package: tool });
      expect(ended.stderr.toString() + ended.stdout.toString(), `seed ${seed}`).toBe('');
      for (const { file, after } of changes) {
        // patch removes a file that a patch empties; git keeps it.
        if (tool === 'patch' && after === '') continue;
        expect(readFileSync(join(copy, file), 'latin1'), `${tool}, ${file}, seed ${seed}`).toBe(after);
      }
    }
  });
});
