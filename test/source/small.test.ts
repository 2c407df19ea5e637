import { join } from 'node:path';
import { homedir } from 'node:os';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { failure, saysExpired, saysLocked } from '../../src/source/apt-answers.ts';
import { openCache } from '../../src/source/cache.ts';
import { diskProblem } from '../../src/source/disk.ts';
import { terminalProgress } from '../../src/source/progress.ts';
import { sourceVersions } from '../../src/source/source-index.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the cache folder', () => {
  it('is the one given, else one of the environment, else in the home folder', () => {
    vi.stubEnv('MAYEXEC_CACHE', '/own');
    vi.stubEnv('XDG_CACHE_HOME', '/xdg');
    expect(openCache('/given').folder).toBe('/given');
    expect(openCache().folder).toBe('/own');
    vi.stubEnv('MAYEXEC_CACHE', '');
    expect(openCache().folder).toBe('/xdg/mayexec-kit');
    vi.stubEnv('XDG_CACHE_HOME', 'relative');
    expect(openCache().folder).toBe(join(homedir(), '.cache/mayexec-kit'));
  });
});

describe('progress', () => {
  const written = (out: { isTTY?: boolean; columns?: number }): string => {
    let text = '';
    const progress = terminalProgress({ ...out, write: (more) => (text += more) });
    progress.step('loading');
    progress.bytes(1_500_000, 3_000_000);
    progress.note('told');
    progress.step('unpacking');
    progress.done();
    return text;
  };

  it('is plain lines where there is no terminal', () => {
    expect(written({})).toBe('loading\nnote: told\nunpacking\n');
    vi.stubEnv('TERM', 'dumb');
    expect(written({ isTTY: true })).toBe('loading\nnote: told\nunpacking\n');
  });

  it('is one line on a terminal, no wider than it, and gone at the end', () => {
    vi.stubEnv('TERM', 'xterm');
    vi.stubEnv('NO_COLOR', '1');
    const erase = '\r\u001b[K';
    expect(written({ isTTY: true, columns: 24 })).toBe(
      `${erase}loading${erase}loading  1.5 of 3.0 MB${erase}note: told\n${erase}unpacking${erase}`,
    );
    expect(written({ isTTY: true, columns: 21 })).toContain('loading  1.5 of 3.0 ');
    expect(written({ isTTY: true, columns: 21 })).not.toContain('MB');
    vi.stubEnv('NO_COLOR', '');
    expect(written({ isTTY: true })).toContain('\u001b[2mloading\u001b[22m');
  });
});

describe('an error of the disk', () => {
  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EROFS', 'read-only'],
    ['EACCES', 'read-only'],
    ['EPERM', 'read-only'],
  ])('%s is %s', (code, expected) => {
    expect(diskProblem(Object.assign(new Error(code), { code }), '/x')).toMatchObject({
      code: expected,
      details: { path: '/x' },
    });
  });

  it('of another kind is left as it is', () => {
    const error = Object.assign(new Error('x'), { code: 'EIO' });
    expect(diskProblem(error, '/x')).toBe(error);
  });
});

describe('what apt says', () => {
  it.each([
    ['Err:1 http://x.example stable InRelease\n  Temporary failure resolving', 'network'],
    ['W: Failed to fetch http://x  Could not connect to 10.0.0.1:80, connection timed out', 'network'],
    ['E: Failed to fetch http://x  404  Not Found [IP: 10.0.0.1 80]', 'other'],
    ["E: The repository 'http://x stable Release' is not signed.", 'other'],
  ])('%s: %s', (text, kind) => {
    expect(failure(text, '/x').kind).toBe(kind);
  });

  it('of a disk that is full, and of a lock, and of age', () => {
    expect(() => failure('E: Write error - write (28: No space left on device)', '/x')).toThrow(
      expect.objectContaining({ code: 'disk-full' }),
    );
    expect(() => failure('E: List directory is missing. (30: Read-only file system)', '/x')).toThrow(
      expect.objectContaining({ code: 'read-only' }),
    );
    expect(saysLocked('E: Could not get lock /x/lists/lock. It is held by process 1 (apt-get)')).toBe(true);
    expect(saysExpired('E: Release file for http://x is expired (invalid since 2d). Updates')).toBe(true);
    expect(saysExpired('E: Release file for http://x is not valid yet')).toBe(false);
  });
});

it('an index of sources gives the versions of the package asked for, with their sums', () => {
  const sum = 'a'.repeat(64);
  const text = `Package: toy
Version: 1:1.0-2
Files:
 ${'b'.repeat(32)} 10 toy_1.0.orig.tar.gz
Checksums-Sha256:
 ${sum} 10 toy_1.0.orig.tar.gz
 ${sum} 20 toy_1.0-2.dsc
Section: x

Package: toy-extra
Binary: toy
Version: 2-1
`;
  expect(sourceVersions(text, 'toy')).toEqual([
    {
      version: '1:1.0-2',
      files: [
        { sha256: sum, size: 10, name: 'toy_1.0.orig.tar.gz' },
        { sha256: sum, size: 20, name: 'toy_1.0-2.dsc' },
      ],
    },
  ]);
});
