import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Problem } from '../../src/problems.ts';
import { overlay } from '../../src/source/overlay.ts';
import { quiltTree } from '../../src/source/quilt.ts';
import { memoryTree, readTree } from '../../src/source/tree.ts';
import { demand, needs, tool } from '../needs.ts';

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

/** A tree under quilt with one patch. */
function patched(series: string, name: string, text: string | Buffer): void {
  mkdirSync(join(top, 'debian/patches'), { recursive: true });
  writeFileSync(join(top, 'debian/patches/series'), series);
  writeFileSync(join(top, 'debian/patches', name), text);
}

test.each([
  ['a.diff.gz', 'a.diff.gz', Buffer.from([0x1f, 0x8b, 8, 0]), /it is compressed/],
  ['a.diff -R', 'a.diff', '', /the option -R/],
  ['a.diff', 'a.diff', '--- a/gone.c\n+++ b/gone.c\n@@ -1,9 +1 @@\n-gone\n', /Hunk|line|hunk/],
  [
    'a.diff',
    'a.diff',
    'diff --git a/b b/b\nGIT binary patch\nliteral 1\nIcmZPo000310RR91\n\n',
    /binary file/,
  ],
  [
    'a.diff',
    'a.diff',
    'diff --git a/none.c b/b.c\nsimilarity index 100%\nrename from none.c\nrename to b.c\n',
    /none\.c does not exist/,
  ],
])('a patch that is not read here is refused, not passed over: %s, %s', (series, name, text, message) => {
  patched(`${series}\n`, name, text);
  expect(() => quiltTree(readTree(top))).toThrow(expect.objectContaining({ code: 'quilt-unapplied' }));
  expect(() => quiltTree(readTree(top))).toThrow(message);
});

test('files that git moves, copies, makes empty and removes are so in memory, as patch has them', () => {
  demand(tool('patch'));
  writeFileSync(join(top, 'empty'), '');
  const text = [
    'diff --git a/lib/a.c b/lib/b.c\nsimilarity index 90%\nrename from lib/a.c\nrename to lib/b.c',
    '--- a/lib/a.c\n+++ b/lib/b.c\n@@ -1,3 +1,3 @@\n-line 0\n+zero\n line 1\n line 2',
    'diff --git a/gone.c b/two.c\nsimilarity index 100%\ncopy from gone.c\ncopy to two.c',
    'diff --git a/new b/new\nnew file mode 100644\nindex 0000000..e69de29',
    'diff --git a/empty b/empty\ndeleted file mode 100644\nindex e69de29..0000000\n',
  ].join('\n');
  patched('moves.diff\n', 'moves.diff', text);
  const tree = quiltTree(readTree(top))?.tree;
  execFileSync('patch', ['-p1', '-s', '-i', 'debian/patches/moves.diff'], { cwd: top });
  const after = readTree(top);
  expect(tree?.files).toEqual(after.files);
  for (const file of after.files) expect(tree?.read(file), file).toBe(after.read(file));
});

test.each([
  ['', 'a/lib/new.c'],
  ['-p0', 'lib/new.c'],
  ['-p2', 'x/y/lib/new.c'],
])('a name is taken at the level that the series says: %s', (option, name) => {
  patched(`a.diff ${option}\n`, 'a.diff', `--- /dev/null\n+++ ${name}\n@@ -0,0 +1 @@\n+new\n`);
  expect(quiltTree(readTree(top))?.tree.read('lib/new.c')).toBe('new\n');
});

test('what quilt keeps is read, or the run fails', () => {
  mkdirSync(join(top, 'debian/patches/series'), { recursive: true });
  expect(() => quiltTree(readTree(top))).toThrow(expect.objectContaining({ code: 'bad-path' }));
  rmSync(join(top, 'debian/patches/series'), { recursive: true });
  execFileSync('mkfifo', [join(top, 'debian/patches/series')]);
  expect(() => quiltTree(readTree(top))).toThrow(/not a regular file/);
});

test(
  "text behind a hunk is none of its lines: the signature of git's mails, and what an editor left",
  needs(tool('patch'), tool('git')),
  () => {
    const git = (...args: readonly string[]): string =>
      execFileSync('git', ['-c', 'user.name=Toy', '-c', 'user.email=toy@example.org', ...args], {
        cwd: top,
        encoding: 'utf8',
      });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'first');
    for (const [line, by] of [
      ['line 3\n', 'three\n'],
      ['line 20\n', ''],
    ] as const) {
      const file = join(top, 'lib/a.c');
      writeFileSync(file, readFileSync(file, 'latin1').replace(line, by));
      git('commit', '-qam', `change ${by}`);
    }
    const mails = git('format-patch', '--stdout', '--signature=- 2.39 of us', '-2');
    git('reset', '-q', '--hard', 'HEAD~2');
    rmSync(join(top, '.git'), { recursive: true });
    expect(mails.match(/^-- $/gm)).toHaveLength(2);
    patched('mails.patch\n', 'mails.patch', `${mails}\n+ a note\n`);
    const tree = quiltTree(readTree(top))?.tree;
    execFileSync('patch', ['-p1', '-s', '-i', 'debian/patches/mails.patch'], { cwd: top });
    expect(tree?.read('lib/a.c')).toBe(readFileSync(join(top, 'lib/a.c'), 'latin1'));
    expect(tree?.read('lib/a.c')).toContain('three\n');
  },
);
