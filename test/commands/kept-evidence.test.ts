import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { evidenceOf } from '../../src/evidence/evidence.ts';
import type { Evidence } from '../../src/evidence/follow.ts';
import { keptEvidence } from '../../src/commands/kept-evidence.ts';
import { censusOf } from '../../src/sites/sites.ts';
import { memoryTree } from '../../src/source/tree.ts';
import { target } from '../evidence/target.ts';

const READS = 'void load(void)\n{\n  int fd = open("x", 0);\n  evaluate(fd);\n}\n';
const CLOSES = READS.replace('evaluate', 'shut');

let cache = '';
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'mayexec-kept-'));
});
afterEach(() => {
  rmSync(cache, { recursive: true, force: true });
});

/** What is found in a tree of one file, and in what is kept. */
async function found(
  text: string,
  more: Readonly<Record<string, string>> = {},
): Promise<readonly Evidence[]> {
  const tree = memoryTree(new Map(Object.entries({ 'load.c': text, ...more })));
  return [...(await keptEvidence(await censusOf(tree, target), tree, target, cache)).values()];
}

function kept(): readonly string[] {
  return readdirSync(join(cache, 'evidence')).map((name) => join(cache, 'evidence', name));
}

describe('keptEvidence', () => {
  it('is what evidenceOf finds, and comes from the cache the second time', async () => {
    const tree = memoryTree(new Map([['load.c', READS]]));
    const fresh = [...(await evidenceOf(await censusOf(tree, target), tree, target)).values()];
    expect(await found(READS)).toEqual(fresh);
    const [path = ''] = kept();
    const changed = readFileSync(path, 'utf8').replaceAll('"evaluate"', '"elsewhere"');
    writeFileSync(path, changed);
    expect(JSON.stringify(await found(READS))).toContain('"elsewhere"');
  });

  it('is found anew where a byte of any file that ships is another', async () => {
    expect((await found(READS)).map((one) => one.found)).toEqual(['sink']);
    expect((await found(CLOSES)).map((one) => one.found)).toEqual(['none']);
    await found(READS, { 'other.c': 'int other;\n' });
    expect(kept()).toHaveLength(3);
  });

  it.each(['', '[', '[["id", {"found": "sink"}]]'])(
    'is found anew where what is kept is %j',
    async (text) => {
      const before = await found(READS);
      const [path = ''] = kept();
      writeFileSync(path, text);
      expect(await found(READS)).toEqual(before);
      expect(await found(READS)).toEqual(before);
      expect(readFileSync(path, 'utf8')).not.toBe(text);
    },
  );

  it('does without a cache that cannot be written', async () => {
    rmSync(cache, { recursive: true });
    writeFileSync(cache, 'a file');
    expect((await found(READS)).map((one) => one.found)).toEqual(['sink']);
  });

  it('keeps forty trees, those that were asked for last', async () => {
    await found(READS);
    const [first = ''] = kept();
    for (let count = 0; count < 45; count += 1) writeFileSync(join(cache, 'evidence', `${count}.json`), '[]');
    await found(CLOSES);
    expect(kept()).toHaveLength(40);
    expect(kept()).not.toContain(first);
  });
});
