import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { obtain } from '../../src/source/obtain.ts';
import type { ObtainOptions } from '../../src/source/obtain.ts';
import { quietProgress } from '../../src/source/progress.ts';
import { fromUpstream } from '../../src/source/upstream.ts';
import type { PinnedRelease, Tarball, Target } from '../../src/target/contract.ts';
import { sha256 } from './apt-archive.ts';
import { archive } from './archives.ts';
import { given, needs } from '../needs.ts';

const bytes = gzipSync(
  archive([
    { path: 'toy-1/', type: 'Directory', mode: 0o755 },
    { path: 'toy-1/main.c', body: 'int main;' },
  ]),
);
const FILE = 'toy_1.orig.tar.gz';

let top: string;
let cache: string;

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'obtain-'));
  cache = join(top, 'cache');
  vi.stubEnv('MAYEXEC_SOURCES', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(top, { recursive: true, force: true });
});

const target: Target = {
  name: 'toy',
  releases: [],
  recognise: () => undefined,
  language: () => undefined,
  notShipped: [],
  masks: [],
  dead: [],
  openers: [],
  rules: [],
  patches: [],
  edits: [],
  entries: [],
  build: { configure: [], make: [], binary: '', packages: [] },
  copyright: 'nobody',
  license: '0BSD',
} as unknown as Target;

function get(
  options: Omit<ObtainOptions, 'progress'> = {},
  tarball: Partial<Tarball> = {},
): ReturnType<typeof obtain> {
  const release = { version: '1', tarball: { file: FILE, sha256: sha256(bytes), urls: [], ...tarball } };
  return obtain(target, release as unknown as PinnedRelease, { cache, progress: quietProgress, ...options });
}

/** Files of the cache that are no tarball, no tree and no root of apt. */
function leftovers(): string[] {
  return existsSync(cache)
    ? ['trees', 'tarballs'].flatMap((name) =>
        existsSync(join(cache, name)) ? readdirSync(join(cache, name)) : [],
      )
    : [];
}

function put(name: string, content: Buffer | string = bytes): string {
  mkdirSync(join(top, name, '..'), { recursive: true });
  writeFileSync(join(top, name), content);
  return join(top, name);
}

describe('a tarball', () => {
  it('that is named is unpacked, and the cache has its tree from then on', async () => {
    const first = await get({ tarball: put('x.tgz') });
    expect(first.from).toBe('tarball');
    expect(readFileSync(join(first.path, 'main.c'), 'utf8')).toBe('int main;');
    rmSync(join(top, 'x.tgz'));
    const start = performance.now();
    expect(await get()).toEqual({ path: first.path, from: 'cache' });
    expect(performance.now() - start).toBeLessThan(30);
  });

  it('that is named and wrong is refused, also where the tree is there already', async () => {
    await get({ tarball: put('x.tgz') });
    const wrong = put('wrong.tgz', gzipSync('another'));
    await expect(get({ tarball: wrong })).rejects.toMatchObject({
      code: 'wrong-sum',
      message: `wrong.tgz: expected sha256 ${sha256(bytes)} for toy@1, found ${sha256(gzipSync('another'))}`,
    });
  });

  it('that cannot be read is named', async () => {
    symlinkSync('loop', join(top, 'loop'));
    await expect(get({ tarball: join(top, 'none') })).rejects.toThrow(/none: does not exist/);
    await expect(get({ tarball: top })).rejects.toThrow(/a folder, not a tarball/);
    await expect(get({ tarball: join(top, 'loop') })).rejects.toThrow(/a loop of symbolic links/);
    expect(existsSync(cache)).toBe(false);
  });

  it('lies in the folder of sources, told by option or environment', async () => {
    put(`sources/${FILE}`);
    expect((await get({ sources: join(top, 'sources') })).from).toBe('tarball');
    rmSync(cache, { recursive: true });
    vi.stubEnv('MAYEXEC_SOURCES', join(top, 'sources'));
    expect((await get()).from).toBe('tarball');
    await expect(get({ sources: join(top, 'none'), cache: join(top, 'c2') })).rejects.toThrow(
      /not a folder of sources/,
    );
    put(`sources/${FILE}`, 'damaged');
    await expect(get({ cache: join(top, 'c2') })).rejects.toMatchObject({ code: 'wrong-sum' });
  });

  it('that a package has installed is taken where it is, if it has the pinned sum', async () => {
    const packaged = { name: 'toy-source', version: '1-1', path: put('usr/src/toy.tgz') };
    const { path, from } = await get({}, { package: packaged });
    expect(from).toBe('tarball');
    expect(readFileSync(join(path, 'main.c'), 'utf8')).toBe('int main;');
    expect(leftovers()).toHaveLength(1);
  });

  it('of which a target reads some files is unpacked to these, beside the whole tree', async () => {
    const whole = await get({ tarball: put('x.tgz') });
    const release = { version: '1', tarball: { file: FILE, sha256: sha256(bytes), urls: [] } };
    const some = (reads: readonly string[]): ReturnType<typeof obtain> =>
      obtain({ ...target, reads }, release as unknown as PinnedRelease, {
        cache,
        tarball: join(top, 'x.tgz'),
        progress: quietProgress,
      });
    const { path } = await some(['main.c', 'none.c']);
    expect(path).not.toBe(whole.path);
    expect(readdirSync(path)).toEqual(['main.c']);
    // Another list is another tree.
    expect((await some(['main.c'])).path).not.toBe(path);
  });

  it('that is damaged in the cache is thrown away', async () => {
    put(`cache/tarballs/${sha256(bytes)}`);
    expect((await get()).from).toBe('cache');
    rmSync(join(cache, 'trees'), { recursive: true });
    put(`cache/tarballs/${sha256(bytes)}`, 'damaged');
    await expect(get()).rejects.toMatchObject({ code: 'no-source' });
    expect(leftovers()).toEqual([]);
  });

  it('that is hostile leaves nothing', async () => {
    const hostile = gzipSync(archive([{ path: '/etc/x' }]));
    const attempt = get({ tarball: put('x.tgz', hostile) }, { sha256: sha256(hostile) });
    await expect(attempt).rejects.toMatchObject({ code: 'hostile-archive' });
    expect(leftovers()).toEqual([]);
  });
});

describe('the disk', () => {
  it('that is no folder is named', async () => {
    await expect(get({ tarball: put('x.tgz'), cache: put('file') })).rejects.toMatchObject({
      code: 'read-only',
      message: expect.stringContaining('a part of the path is not a folder') as string,
    });
  });

  it('that takes no folder, or is reached through a loop of links, is named', async () => {
    const tarball = put('x.tgz');
    symlinkSync('loop', join(top, 'loop'));
    symlinkSync('nowhere', join(top, 'dangling'));
    await expect(get({ tarball, cache: '/proc/mayexec' })).rejects.toMatchObject({ code: 'read-only' });
    await expect(get({ tarball, cache: join(top, 'dangling') })).rejects.toMatchObject({ code: 'read-only' });
    await expect(get({ tarball, cache: join(top, 'loop') })).rejects.toMatchObject({ code: 'symlink-loop' });
    await expect(get({ tarball, cache: join(top, 'n'.repeat(300)) })).rejects.toThrow(/the name is too long/);
  });

  const disk = mkdtempSync(join(tmpdir(), 'disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', disk]).status === 0;
  if (mounted) execFileSync('umount', [disk]);
  rmSync(disk, { recursive: true });

  const mounting = given('permission to mount', 'run it as root, outside of a container', mounted);
  it('that is full, or read-only, is named and nothing is left', needs(mounting), async () => {
    const full = join(top, 'full');
    mkdirSync(full);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', full]);
    try {
      const big = gzipSync(
        archive([
          { path: 'p/', type: 'Directory' },
          { path: 'p/x', body: Buffer.alloc(200_000, 'x') },
        ]),
      );
      const tarball = put('big.tgz', big);
      const attempt = get({ tarball, cache: join(full, 'c') }, { sha256: sha256(big) });
      await expect(attempt).rejects.toMatchObject({ code: 'disk-full', exit: 50 });
      expect(readdirSync(join(full, 'c/trees'))).toEqual([]);
      execFileSync('mount', ['-o', 'remount,ro', full]);
      const again = get({ tarball, cache: join(full, 'd') }, { sha256: sha256(big) });
      await expect(again).rejects.toMatchObject({ code: 'read-only', exit: 51 });
    } finally {
      execFileSync('umount', [full]);
    }
  });
});

describe('upstream', () => {
  let server: Server;
  let asked: string[];
  const answers: Record<string, RequestListener> = {
    '/good': (_request, response) => response.end(bytes),
    '/moved': (_request, response) => response.writeHead(302, { location: '/good' }).end(),
    '/missing': (_request, response) => response.writeHead(404).end('no'),
    '/wrong': (_request, response) => response.end('other bytes'),
    '/cut': (_request, response) => {
      response.writeHead(200, { 'content-length': String(bytes.length) });
      response.write(bytes.subarray(0, 50), () => response.destroy());
    },
    '/silent': (_request, response) => response.writeHead(200, { 'content-length': '1000' }).write('x'),
    '/endless': (_request, response) => {
      const more = (): boolean => response.write(Buffer.alloc(10_000));
      const clock = setInterval(more, 1);
      response.on('close', () => {
        clearInterval(clock);
      });
    },
    '/claims-much': (_request, response) =>
      response.writeHead(200, { 'content-length': '99999999' }).write('x'),
  };

  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      answers[request.url ?? '']?.(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const url = (path: string): string =>
    `http://127.0.0.1:${String((server.address() as AddressInfo).port)}${path}`;

  it('is asked address by address until one has the pinned bytes', async () => {
    const urls = ['/missing', '/wrong', '/cut', '/moved', '/good'].map(url);
    const { path, from } = await get({}, { urls });
    expect(from).toBe('upstream');
    expect(asked).toEqual(['/missing', '/wrong', '/cut', '/moved', '/good']);
    expect(readFileSync(join(path, 'main.c'), 'utf8')).toBe('int main;');
    expect(leftovers()).toEqual([`${sha256(bytes)}-1`, sha256(bytes)]);
  });

  it('has it not: each address is listed with why', async () => {
    const error: unknown = await get({}, { urls: [url('/missing'), url('/wrong')] }).catch(
      (caught: unknown) => caught,
    );
    expect(error).toMatchObject({ code: 'no-source' });
    expect((error as Error).message).toMatch(
      /\/missing: the server says 404 Not Found\n.*\/wrong: expected sha256 /,
    );
    expect(leftovers()).toEqual([]);
  });

  it('cannot be reached: the network is named', async () => {
    const closed = url('/good');
    await new Promise((resolve) => server.close(resolve));
    await expect(get({}, { urls: [closed, 'http://name.invalid/x'] })).rejects.toMatchObject({
      code: 'no-network',
      exit: 33,
    });
    expect(leftovers()).toEqual([]);
  });

  it('is given up when it is silent, or sends too much', async () => {
    const into = join(top, 'got');
    const tarball = {
      file: FILE,
      sha256: sha256(bytes),
      urls: ['/silent', '/endless', '/claims-much'].map(url),
    };
    const { got, attempts } = await fromUpstream(tarball, into, quietProgress, {
      silence: 300,
      size: 100_000,
    });
    expect(got).toBe(false);
    expect(attempts.map(({ message }) => message)).toEqual([
      'the server sent nothing for 300 ms',
      'more than 100000 bytes',
      'more than 100000 bytes',
    ]);
    expect(existsSync(into)).toBe(false);
  });
});
