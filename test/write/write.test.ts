import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onDisk } from '../../src/write/on-disk.ts';
import { replaceFolder } from '../../src/write/folder.ts';
import { readTree } from '../../src/source/tree.ts';
import { writeTree } from '../../src/write/tree.ts';
import { filesBelow } from '../fixtures/folder.ts';
import { needs, root } from '../needs.ts';

// Moves are what cannot be made to fail from outside, least of all for root.
const moves = vi.hoisted(() => ({ fail: (_to: string): string | undefined => undefined }));
vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>();
  const renamed = (from: string, to: string): void => {
    const code = moves.fail(to);
    if (code !== undefined) throw Object.assign(new Error(`${code}: a test's`), { code });
    real.renameSync(from, to);
  };
  return { ...real, renameSync: renamed };
});

let top: string;
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'write-'));
});
afterEach(() => {
  moves.fail = () => undefined;
  rmSync(top, { recursive: true });
});

const put = (name: string, text: string): void => {
  mkdirSync(dirname(join(top, name)), { recursive: true });
  writeFileSync(join(top, name), text, 'latin1');
};

/** Fails the moves to places that end so, the n-th time. */
const failing = (code: string, ends: string, times = Infinity): void => {
  let left = times;
  moves.fail = (to) => (to.endsWith(ends) && left-- > 0 ? code : undefined);
};

describe('writeTree', () => {
  const after = new Map([
    ['a.c', 'new \xff\r\n\0'],
    ['deep/er/new.c', 'made'],
    ['z.sh', 'run'],
  ]);

  it('writes every byte, keeps modes, and leaves nothing else', () => {
    put('a.c', 'old');
    put('z.sh', 'old');
    put('other', 'stays');
    chmodSync(join(top, 'z.sh'), 0o754);
    writeTree(readTree(top), after);
    expect(filesBelow(top)).toEqual(new Map([...after, ['other', 'stays'] as const].sort()));
    expect(statSync(join(top, 'z.sh')).mode & 0o7777).toBe(0o754);
  });

  it.each(['a.c', 'new.c', 'z.sh'])('undoes everything when the move to %s fails', (name) => {
    put('a.c', 'old \xfe');
    put('z.sh', 'old');
    chmodSync(join(top, 'a.c'), 0o640);
    const before = filesBelow(top);
    failing('EROFS', name);
    expect(() => {
      writeTree(readTree(top), after);
    }).toThrow(expect.objectContaining({ code: 'read-only', exit: 51 }));
    expect(filesBelow(top)).toEqual(before);
    expect(readdirSync(top).sort()).toEqual(['a.c', 'z.sh']);
    expect(statSync(join(top, 'a.c')).mode & 0o7777).toBe(0o640);
  });

  it.each([
    [
      'a folder',
      (path: string) => {
        mkdirSync(path);
      },
    ],
    ['a socket', (path: string) => execFileSync('mkfifo', [path])],
    [
      'a link to nothing',
      (path: string) => {
        symlinkSync('nowhere', path);
      },
    ],
    [
      'a link in a circle',
      (path: string) => {
        symlinkSync('z.sh', path);
      },
    ],
    [
      'a link out of the tree',
      (path: string) => {
        symlinkSync('/etc/passwd', path);
      },
    ],
  ])('writes nothing where %s has the name of a new file', (_what, make) => {
    put('a.c', 'old');
    make(join(top, 'z.sh'));
    expect(() => {
      writeTree(readTree(top), after);
    }).toThrow(expect.objectContaining({ code: 'bad-path' }));
    expect(readdirSync(top).sort()).toEqual(['a.c', 'z.sh']);
    expect(readFileSync(join(top, 'a.c'), 'latin1')).toBe('old');
  });

  it('makes no file out of the tree, through a link to a folder', () => {
    put('tree/a.c', 'old');
    mkdirSync(join(top, 'other'));
    symlinkSync('../other', join(top, 'tree/deep'));
    const tree = readTree(join(top, 'tree'));
    expect(() => {
      writeTree(tree, after);
    }).toThrow(/deep leads out of the tree/);
    expect([filesBelow(join(top, 'other')), readFileSync(join(top, 'tree/a.c'), 'latin1')]).toEqual([
      new Map(),
      'old',
    ]);
    symlinkSync('.', join(top, 'tree/in'));
    writeTree(tree, new Map([['in/new.c', 'made']]));
    expect(readFileSync(join(top, 'tree/new.c'), 'latin1')).toBe('made');
  });

  it.each([
    [
      'another text',
      (path: string) => {
        writeFileSync(path, 'mine');
      },
    ],
    [
      'nothing',
      (path: string) => {
        rmSync(path);
      },
    ],
  ])('writes nothing where a file is %s by now', (_what, change) => {
    put('a.c', 'old');
    put('z.sh', 'old');
    const tree = readTree(top);
    for (const file of tree.files) tree.read(file);
    change(join(top, 'z.sh'));
    const now = filesBelow(top);
    expect(() => {
      writeTree(tree, after);
    }).toThrow(expect.objectContaining({ code: 'changed' }));
    expect(filesBelow(top)).toEqual(now);
  });

  it('does not write to what has the name of its own work file, and leaves it', () => {
    put('a.c', 'old');
    put('precious', 'mine');
    symlinkSync('precious', join(top, `a.c.mayexec-${process.pid}`));
    expect(() => {
      writeTree(readTree(top), after);
    }).toThrow(expect.objectContaining({ code: 'read-only' }));
    expect(readFileSync(join(top, 'precious'), 'latin1')).toBe('mine');
    expect(readFileSync(join(top, 'a.c'), 'latin1')).toBe('old');
  });

  it('leaves the other hard links of a file as they were', () => {
    put('a.c', 'old');
    linkSync(join(top, 'a.c'), join(top, 'copy.c'));
    writeTree(readTree(top), new Map([['a.c', 'new']]));
    expect(filesBelow(top)).toEqual(
      new Map([
        ['a.c', 'new'],
        ['copy.c', 'old'],
      ]),
    );
  });

  it('keeps the owner of a file, as root', needs(root), () => {
    put('a.c', 'old');
    chownSync(join(top, 'a.c'), 1234, 4321);
    chmodSync(join(top, 'a.c'), 0o4751);
    writeTree(readTree(top), new Map([['a.c', 'new']]));
    const { uid, gid, mode } = statSync(join(top, 'a.c'));
    expect([uid, gid, mode & 0o7777]).toEqual([1234, 4321, 0o4751]);
  });

  it('writes through a link, which stays one', () => {
    put('real/a.c', 'old');
    symlinkSync('real/a.c', join(top, 'a.c'));
    writeTree(readTree(top), new Map([['a.c', 'new']]));
    expect(readlinkSync(join(top, 'a.c'))).toBe('real/a.c');
    expect(readFileSync(join(top, 'real/a.c'), 'latin1')).toBe('new');
  });
});

describe('replaceFolder', () => {
  const files = new Map([
    ['patches/series', 'one\n'],
    ['ledger.json', '{}\xff'],
  ]);
  const replaced = (): void => {
    replaceFolder(join(top, 'a/out'), files, 'patches/series');
  };

  it('makes the folder and those above it', () => {
    replaced();
    expect(filesBelow(join(top, 'a/out'))).toEqual(new Map([...files].sort()));
    expect(readdirSync(join(top, 'a'))).toEqual(['out']);
  });

  it('replaces one that it wrote, whole', () => {
    put('a/out/patches/series', 'old');
    put('a/out/patches/stale', 'old');
    replaced();
    expect(filesBelow(join(top, 'a/out'))).toEqual(new Map([...files].sort()));
    expect(readdirSync(join(top, 'a'))).toEqual(['out']);
  });

  it('takes an empty folder, and leaves one with other things alone', () => {
    mkdirSync(join(top, 'a/out'), { recursive: true });
    replaced();
    rmSync(join(top, 'a/out/patches'), { recursive: true });
    expect(replaced).toThrow(expect.objectContaining({ code: 'bad-path' }));
    expect(filesBelow(top)).toEqual(new Map([['a/out/ledger.json', '{}\xff']]));
  });

  it('goes through a link, which stays one, and makes none of one to nothing', () => {
    mkdirSync(join(top, 'real'));
    mkdirSync(join(top, 'a'));
    symlinkSync('../real', join(top, 'a/out'));
    replaced();
    replaced();
    expect(readlinkSync(join(top, 'a/out'))).toBe('../real');
    expect(filesBelow(join(top, 'real'))).toEqual(new Map([...files].sort()));
    rmSync(join(top, 'real'), { recursive: true });
    expect(replaced).toThrow(expect.objectContaining({ code: 'bad-path' }));
    expect([readdirSync(top), readdirSync(join(top, 'a'))]).toEqual([['a'], ['out']]);
  });

  it.each([
    ['ENOSPC', 'disk-full'],
    ['EXDEV', 'read-only'],
  ])('puts the old one back when the move fails with %s', (code, expected) => {
    put('a/out/patches/series', 'old');
    failing(code, '/out', 1);
    expect(replaced).toThrow(expect.objectContaining({ code: expected }));
    expect(filesBelow(top)).toEqual(new Map([['a/out/patches/series', 'old']]));
    expect(readdirSync(join(top, 'a'))).toEqual(['out']);
  });

  it('does not throw away the old one when that fails too', () => {
    put('a/out/patches/series', 'old');
    failing('EIO', '/out');
    expect(replaced).toThrow(expect.objectContaining({ code: 'read-only' }));
    expect([...filesBelow(top).values()]).toContain('old');
  });

  it('leaves nothing behind when a file cannot be written', () => {
    const both = new Map([
      ['x', ''],
      ['x/y', ''],
    ]);
    expect(() => {
      replaceFolder(join(top, 'out'), both, 'x');
    }).toThrow(expect.objectContaining({ code: 'read-only' }));
    expect(readdirSync(top)).toEqual([]);
  });
});

describe('onDisk', () => {
  const failed = (code: string) => () =>
    onDisk('/p', () => {
      throw Object.assign(new Error('x'), { code });
    });

  it('says what went wrong, and lets problems pass', () => {
    expect(failed('ENOSPC')).toThrow('/p: no space left');
    expect(failed('EDQUOT')).toThrow(expect.objectContaining({ code: 'disk-full' }));
    expect(failed('EACCES')).toThrow('/p: cannot be written (permission denied)');
    expect(() => onDisk('/q', failed('ENOSPC'))).toThrow('/p: no space left');
    expect(onDisk('/p', () => 1)).toBe(1);
  });
});

it('moves are made to fail by these tests alone', () => {
  put('from', 'x');
  renameSync(join(top, 'from'), join(top, 'to'));
  expect(readdirSync(top)).toEqual(['to']);
});
