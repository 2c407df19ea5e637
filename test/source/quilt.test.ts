import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Problem } from '../../src/problems.js';
import { overlay } from '../../src/source/overlay.js';
import { quiltTree } from '../../src/source/quilt.js';
import { memoryTree, readTree } from '../../src/source/tree.js';
import { needs, tool } from '../needs.js';

let top = '';

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'mayexec-quilt-'));
  mkdirSync(join(top, 'lib'));
  writeFileSync(join(top, 'lib/a.c'), Array.from({ length: 30 }, (_, line) => `line ${line}\n`).join(''));
  writeFileSync(join(top, 'gone.c'), 'gone\n');
});

afterEach(() => {
  rmSync(top, { recursive: true, force: true });
});

/** Makes two patches with quilt, the first of which is applied in the end. */
function withQuilt(): void {
  const quilt = (...args: readonly string[]): void => {
    execFileSync('quilt', ['--quiltrc=/dev/null', ...args], {
      cwd: top,
      env: { ...process.env, QUILT_PATCHES: 'debian/patches' },
      stdio: 'pipe',
    });
  };
  const change = (file: string, from: RegExp, to: string): void => {
    writeFileSync(join(top, file), readFileSync(join(top, file), 'latin1').replace(from, to), 'latin1');
  };
  mkdirSync(join(top, 'debian/patches'), { recursive: true });
  quilt('new', 'first.diff');
  quilt('add', 'lib/a.c');
  change('lib/a.c', /line 3\n/, 'three \xe9\n');
  quilt('refresh');
  quilt('new', 'second.diff');
  quilt('add', 'lib/a.c', 'gone.c', 'new.c');
  change('lib/a.c', /line 20\n/, '');
  rmSync(join(top, 'gone.c'));
  writeFileSync(join(top, 'new.c'), 'new\n');
  quilt('refresh');
  quilt('pop');
}

test('what quilt has not applied is applied in memory, as quilt applies it', needs(tool('quilt')), () => {
  withQuilt();
  const before = readTree(top);
  const found = quiltTree(before);
  expect(found).toMatchObject({ patches: 2, applied: 1 });
  expect(before.has('gone.c')).toBe(true);
  execFileSync('quilt', ['--quiltrc=/dev/null', 'push', '-q'], {
    cwd: top,
    env: { ...process.env, QUILT_PATCHES: 'debian/patches' },
    stdio: 'pipe',
  });
  const after = readTree(top);
  expect(found?.tree.files).toEqual(after.files);
  for (const file of after.files) expect(found?.tree.read(file)).toBe(after.read(file));
  expect(quiltTree(after)?.tree).toBe(after);
});

test('a patch that does not apply is named, and a tree without quilt is none', () => {
  expect(quiltTree(readTree(top))).toBeUndefined();
  mkdirSync(join(top, 'debian/patches'), { recursive: true });
  writeFileSync(join(top, 'debian/patches/series'), '# a comment\nbad.diff -p1\n');
  writeFileSync(
    join(top, 'debian/patches/bad.diff'),
    '--- a/lib/a.c\n+++ b/lib/a.c\n@@ -1 +1 @@\n-other\n+x\n',
  );
  const failing = (): unknown => quiltTree(readTree(top));
  expect(failing).toThrow(Problem);
  expect(failing).toThrow(/bad\.diff does not apply: a hunk does not apply to lib\/a\.c/);
});

test('an overlay has what it changes, and the rest from below', () => {
  const base = memoryTree(new Map(Object.entries({ 'a.c': 'a', 'b.c': 'b', 'c.c': 'c' })));
  const tree = overlay(
    base,
    new Map<string, string | undefined>([
      ['b.c', undefined],
      ['c.c', 'C'],
      ['B.c', 'new'],
    ]),
  );
  expect(tree.files).toEqual(['B.c', 'a.c', 'c.c']);
  expect([tree.has('b.c'), tree.read('c.c'), tree.read('a.c')]).toEqual([false, 'C', 'a']);
});
