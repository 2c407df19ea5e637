import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryTree, readTree } from '../../src/source/tree.js';
import { needs, ordinaryUser } from '../needs.js';

describe('readTree', () => {
  let top: string;

  beforeEach(() => {
    top = mkdtempSync(join(tmpdir(), 'tree-'));
  });
  afterEach(() => {
    rmSync(top, { recursive: true });
  });

  const put = (name: string, content: string | Buffer = ''): void => {
    mkdirSync(join(top, name, '..'), { recursive: true });
    writeFileSync(join(top, name), content);
  };

  it('lists files by byte value, without the folders of git and quilt', () => {
    for (const name of ['b.c', 'B.c', 'a/z.c', 'a.c', 'a-b/x', 'é', '\u{1F600}', '\uFFEE']) put(name);
    for (const name of ['.git/config', '.pc/applied', 'a/.pc/x', '.gitignore']) put(name);
    expect(readTree(top).files).toEqual([
      ...['.gitignore', 'B.c', 'a-b/x', 'a.c', 'a/z.c', 'b.c', 'é', '\uFFEE', '\u{1F600}'],
    ]);
  });

  it('reads every byte as one character, and a file once', () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_unused, index) => index));
    put('all', bytes);
    const tree = readTree(top);
    expect(Buffer.from(tree.read('all'), 'latin1')).toEqual(bytes);
    put('all', 'changed');
    expect(tree.read('all')).toHaveLength(256);
    expect(readTree(top).read('all')).toBe('changed');
  });

  it('takes a link to a file within the tree, and no other link', () => {
    put('real/file.c', 'text');
    symlinkSync('real/file.c', join(top, 'inside'));
    symlinkSync('real', join(top, 'folder'));
    symlinkSync('/etc/passwd', join(top, 'outside'));
    symlinkSync('nowhere', join(top, 'dangling'));
    symlinkSync('loop', join(top, 'loop'));
    symlinkSync('..', join(top, 'real/up'));
    const tree = readTree(top);
    expect(tree.files).toEqual(['inside', 'real/file.c']);
    expect(tree.read('inside')).toBe('text');
    expect(tree.has('outside')).toBe(false);
    expect(() => tree.read('outside')).toThrow('no such file in the tree');
  });

  it('names what is wrong with the path', () => {
    symlinkSync('b', join(top, 'a'));
    symlinkSync('a', join(top, 'b'));
    put('file');
    expect(() => readTree(join(top, 'a'))).toThrow(expect.objectContaining({ code: 'symlink-loop' }));
    expect(() => readTree(join(top, 'none'))).toThrow(/does not exist/);
    expect(() => readTree(join(top, 'file'))).toThrow(/not a folder/);
  });

  it('refuses a name that is not UTF-8', () => {
    writeFileSync(Buffer.concat([Buffer.from(`${top}/x`), Buffer.from([0xff])]), '');
    expect(() => readTree(top)).toThrow(/not UTF-8/);
  });

  it('names a folder that cannot be read', needs(ordinaryUser), () => {
    put('closed/file');
    chmodSync(join(top, 'closed'), 0);
    expect(() => readTree(top)).toThrow(/permission denied/);
    chmodSync(join(top, 'closed'), 0o755);
  });

  it('reads files of any size, whatever was read before', () => {
    const sizes = [10, 1 << 20, 3_000_001, 0, 5];
    const bytes = (size: number): Buffer =>
      Buffer.alloc(size, Buffer.from(Array.from({ length: 251 }, (_unused, index) => index ^ (size & 7))));
    for (const size of sizes) put(String(size), bytes(size));
    const tree = readTree(top);
    for (const size of sizes)
      expect(tree.read(String(size)) === bytes(size).toString('latin1'), String(size)).toBe(true);
  });
});

describe('memoryTree', () => {
  it('is a tree', () => {
    const tree = memoryTree(
      new Map([
        ['b', '2'],
        ['a', '1'],
      ]),
    );
    expect(tree.files).toEqual(['a', 'b']);
    expect(tree.read('b')).toBe('2');
    expect(tree.has('c')).toBe(false);
    expect(() => tree.read('c')).toThrow(expect.objectContaining({ code: 'bad-path' }));
  });
});
