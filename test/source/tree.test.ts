import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { memoryTree, readTree } from '../../src/source/tree.ts';
import { needs, ordinaryUser } from '../needs.ts';

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

  it('looks for the files that are named, and lists nothing else', () => {
    for (const name of ['a.c', 'sub/b.c', 'sub/c.c']) put(name);
    symlinkSync('sub/b.c', join(top, 'link'));
    symlinkSync('/etc/passwd', join(top, 'out'));
    const tree = readTree(top, ['sub/b.c', 'link', 'a.c', 'none.c', 'a.c/none', 'out', 'sub']);
    expect(tree.files).toEqual(['a.c', 'link', 'sub/b.c']);
    expect(tree.has('sub/c.c')).toBe(false);
    expect(tree.skipped).toEqual([
      { file: 'out', folder: false, why: 'a link to /etc/passwd, which is outside the tree' },
      { file: 'sub', folder: true, why: 'a folder' },
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

  it('lists as skipped what could be source and is not read, with the reason', () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    try {
      writeFileSync(join(outside, 'a.c'), 'text');
      mkdirSync(join(outside, 'folder'));
      put('.git/a.c');
      put('real/file.c');
      for (const [to, name] of [
        [join(outside, 'a.c'), 'out.c'],
        [join(outside, 'folder'), 'out'],
        ['nowhere', 'dangling.c'],
        ['loop.c', 'loop.c'],
        ['.git', 'inner'],
        ['real/file.c/x', 'no.c'],
        ['real', 'seen'],
        ['.', 'self'],
      ] as const)
        symlinkSync(to, join(top, name));
      execFileSync('mkfifo', [join(top, 'pipe.c')]);
      const { files, skipped } = readTree(top);
      expect(files).toEqual(['real/file.c']);
      const sorted = [...(skipped ?? [])].sort((a, b) => (a.file < b.file ? -1 : 1));
      expect(sorted.map(({ file, folder, why }) => [file, folder, why])).toEqual([
        ['dangling.c', false, 'a link to nowhere, which does not exist'],
        ['inner', true, 'a link to .git, which is a folder that is not read'],
        ['loop.c', false, 'a link to loop.c, which is a loop'],
        ['no.c', false, 'a link to real/file.c/x, which does not exist'],
        ['out', true, `a link to ${outside}/folder, which is outside the tree`],
        ['out.c', false, `a link to ${outside}/a.c, which is outside the tree`],
        ['pipe.c', false, 'a named pipe'],
      ]);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  it('lists names of every byte, or says which it cannot name', () => {
    const byte = fc.oneof(
      fc.integer({ min: 1, max: 255 }),
      fc.constantFrom(0xef, 0xbf, 0xbd, 0x0a, 0x5c, 0x22),
    );
    const name = fc
      .oneof(
        fc
          .array(byte, { minLength: 1, maxLength: 12 })
          .map((bytes) => Buffer.from(bytes.filter((one) => one !== 0x2f))),
        fc
          .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
          .map((text) => Buffer.from(text.replaceAll(/[/\0]/g, ''))),
        fc.constant(Buffer.from('a\uFFFDb')),
      )
      .filter((one) => one.length > 0 && !['.', '..', '.git', '.pc'].includes(one.toString('latin1')));
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), (names) => {
        const folder = mkdtempSync(join(top, 'names-'));
        for (const one of names) writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), one]), 'text');
        const text = names.every((one) => Buffer.from(one.toString()).equals(one));
        if (!text) {
          expect(() => readTree(folder)).toThrow(/\uFFFD.*not UTF-8/s);
          return;
        }
        const tree = readTree(folder);
        const sorted = [...names].sort((a, b) => Buffer.compare(a, b)).map((one) => one.toString());
        expect(tree.files).toEqual([...new Set(sorted)]);
        for (const file of tree.files) expect(tree.read(file)).toBe('text');
      }),
      { numRuns: 200 },
    );
  });

  it('is read by a path of any bytes, relative to where the process is', () => {
    const folder = Buffer.concat([Buffer.from(`${top}/x\n`), Buffer.from([0xe9, 0xff])]);
    mkdirSync(folder);
    writeFileSync(Buffer.concat([folder, Buffer.from('/a.c')]), 'text');
    symlinkSync('a.c', Buffer.concat([folder, Buffer.from('/b.c')]));
    // A process of its own: this one has threads, and they have no folder each.
    const code = `const { readTree } = await import(process.argv[1]); const tree = readTree('.');
      console.log(JSON.stringify(tree.files.map((file) => [file, tree.read(file)])))`;
    const module = join(packageFolder, 'dist/src/source/tree.js');
    const args = [
      '-c',
      'cd "$1"/x* && exec "$2" --input-type=module -e "$3" "$4"',
      'sh',
      top,
      process.execPath,
      code,
      module,
    ];
    expect(execFileSync('sh', args, { encoding: 'utf8' })).toBe('[["a.c","text"],["b.c","text"]]\n');
  });

  it('refuses a file that is larger than a text can be, before it fills the memory', () => {
    put('huge.c');
    truncateSync(join(top, 'huge.c'), 2 ** 40);
    expect(() => readTree(top).read('huge.c')).toThrow(/huge\.c: larger than \d+ bytes/);
  });

  it('says of a file that is gone, or a folder by now, what is wrong with it', () => {
    put('a.c', 'text');
    put('b.c', 'text');
    const tree = readTree(top);
    rmSync(join(top, 'a.c'));
    rmSync(join(top, 'b.c'));
    mkdirSync(join(top, 'b.c'));
    expect(() => tree.read('a.c')).toThrow(/a\.c: does not exist/);
    expect(() => tree.executable('a.c')).toThrow(/a\.c: does not exist/);
    expect(() => tree.read('b.c')).toThrow(expect.objectContaining({ code: 'bad-path' }));
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
