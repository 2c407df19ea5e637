import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fromDebian } from '../../src/source/debian.ts';
import { quietProgress } from '../../src/source/progress.ts';
import { given, needs, tool } from '../needs.ts';
import { makeSuite, sha256 } from './apt-archive.ts';

const network = given(
  'permission to use the network',
  'set MAYEXEC_NETWORK=1',
  process.env['MAYEXEC_NETWORK'] === '1',
);

let top: string;
let notes: string[];

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'debian-'));
  notes = [];
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(top, { recursive: true, force: true });
});

const wanted = gzipSync('the wanted one');
const tarball = {
  file: 'toy_1.0.orig.tar.gz',
  sha256: sha256(wanted),
  urls: [],
  debian: { source: 'toy', upstream: '1.0' },
};
const progress = { ...quietProgress, note: (text: string) => notes.push(text) };

/** What a system has configured: apt itself is told so by the means that it has, and the kit asks apt. */
function system(list: string, stanzas = ''): void {
  mkdirSync(join(top, 'etc/parts'), { recursive: true });
  writeFileSync(join(top, 'etc/sources.list'), list);
  writeFileSync(join(top, 'etc/parts/more.sources'), stanzas);
  writeFileSync(
    join(top, 'etc/parts/not-this.sources.off'),
    'Types: deb\nURIs: http://off.invalid\nSuites: off\n',
  );
  writeFileSync(
    join(top, 'etc/apt.conf'),
    `Dir::Etc::parts "/dev/null";
Dir::Etc::main "/dev/null";
Dir::Etc::sourcelist "${top}/etc/sources.list";
Dir::Etc::sourceparts "${top}/etc/parts";
APT::Update::Post-Invoke:: "touch ${top}/hook-ran";
`,
  );
  vi.stubEnv('APT_CONFIG', join(top, 'etc/apt.conf'));
}

const archive = (): string => `file:${top}/archive`;
const get = (): ReturnType<typeof fromDebian> =>
  fromDebian(tarball, join(top, 'apt'), join(top, 'got'), progress);

describe('the source package', needs(tool('apt-get', 'apt')), () => {
  it('comes from a system with binary lines only; hooks do not run; nothing else is left', async () => {
    makeSuite(join(top, 'archive'), 'stable', [{ version: '1.0-3', tarball: wanted }]);
    system(`deb [trusted=yes arch=amd64] ${archive()} stable main\n`);
    expect(await get()).toEqual({ got: true, attempts: [] });
    expect(readFileSync(join(top, 'got'))).toEqual(wanted);
    expect(readdirSync(top).sort()).toEqual(['apt', 'archive', 'etc', 'got']);
    expect(notes).toEqual([]);
  });

  it('comes from a stanza, where another suite is broken', async () => {
    makeSuite(join(top, 'archive'), 'good', [{ version: '1.0-3', tarball: wanted }]);
    system('', `Types: deb\nURIs: ${archive()}\nSuites: broken good\nComponents: main\nTrusted: yes\n`);
    const { got, attempts } = await get();
    expect(got).toBe(true);
    expect(attempts).toMatchObject([
      { way: expect.stringContaining('broken of file:') as string, kind: 'other' },
    ]);
  });

  it('is the next revision where the newest cannot be had', async () => {
    makeSuite(join(top, 'archive'), 'stable', [
      { version: '1.0-2', tarball: wanted },
      { version: '1.0-10', tarball: wanted, lost: true },
      { version: '1.1-1', tarball: gzipSync('newer') },
    ]);
    system(`deb [trusted=yes] ${archive()} stable main\n`);
    const { got, attempts } = await get();
    expect(got).toBe(true);
    expect(attempts).toMatchObject([{ way: expect.stringMatching(/stable of .*, 1\.0-10$/) as string }]);
  });

  it('is taken from a suite that has expired, and that is said', async () => {
    makeSuite(join(top, 'archive'), 'old', [{ version: '1.0-2', tarball: wanted }], new Date(1.701e12));
    system(`deb [trusted=yes] ${archive()} old main\n`);
    expect(await get()).toEqual({ got: true, attempts: [] });
    expect(notes).toEqual([expect.stringMatching(/^the list of old of file:.* has expired/)]);
  });

  it('is not taken with another sum, nor of another version', async () => {
    makeSuite(join(top, 'archive'), 'a', [{ version: '1.0-2', tarball: gzipSync('changed') }]);
    makeSuite(join(top, 'archive'), 'b', [{ version: '1.0.1-1', tarball: wanted }]);
    system(`deb [trusted=yes] ${archive()} a main\ndeb [trusted=yes] ${archive()} b main\n`);
    const { got, attempts } = await get();
    expect(got).toBe(false);
    expect(attempts.map(({ message, kind }) => ({ message, kind }))).toEqual([
      { message: 'the sum of its tarball differs from the pinned one', kind: 'other' },
      { message: 'has no toy 1.0 but 1.0.1-1', kind: 'other' },
    ]);
    expect(readdirSync(top).sort()).toEqual(['apt', 'archive', 'etc']);
  });

  it('is not taken from a suite without a signature that the system does not trust', async () => {
    makeSuite(join(top, 'archive'), 'stable', [{ version: '1.0-3', tarball: wanted }]);
    system(`deb ${archive()} stable main\n`);
    const { got, attempts } = await get();
    expect(got).toBe(false);
    expect(attempts[0]?.message).toMatch(/not signed/);
  });

  it('cannot be reached: the network is named', async () => {
    system('deb [trusted=yes] http://127.0.0.1:9/debian stable main\n');
    const { got, attempts } = await get();
    expect(got).toBe(false);
    expect(attempts).toMatchObject([{ kind: 'network' }]);
  });

  it('has no suite to come from', async () => {
    system('# nothing\n');
    expect(await get()).toMatchObject({ got: false, attempts: [{ kind: 'missing' }] });
  });

  it('comes from the real archive', needs(network), async () => {
    const real = {
      file: 'bash_5.2.15.orig.tar.gz',
      sha256: '7a315bc0e9d90713159e4390ec1096a41e4f33cd8cc3d1a749a8e5ad56600f51',
      urls: [],
      debian: { source: 'bash', upstream: '5.2.15' },
    };
    const { got } = await fromDebian(real, join(top, 'apt'), join(top, 'got'), progress);
    expect(got).toBe(true);
    expect(sha256(readFileSync(join(top, 'got')))).toBe(real.sha256);
  });
});

it('without apt, says which package has it', async () => {
  vi.stubEnv('PATH', join(top, 'nothing'));
  const { got, attempts } = await get();
  expect(got).toBe(false);
  expect(attempts).toMatchObject([
    { kind: 'missing', message: expect.stringContaining('apt-config is needed') as string },
  ]);
});
