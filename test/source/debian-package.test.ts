import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fromPackage } from '../../src/source/debian-package.ts';
import { quietProgress } from '../../src/source/progress.ts';
import { needs, tool } from '../needs.ts';
import { sha256 } from './apt-archive.ts';

const TEXT = 'what the package installs';
const PATH = '/usr/src/toy.tar.xz';

let top: string;

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'package-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(top, { recursive: true, force: true });
});

/** A suite of one binary package, and a system that knows it. */
function makeArchive(version: string): void {
  const tree = join(top, 'tree');
  mkdirSync(join(tree, 'DEBIAN'), { recursive: true });
  mkdirSync(join(tree, 'usr/src'), { recursive: true });
  writeFileSync(join(tree, PATH), TEXT);
  const control = `Package: toy-source\nVersion: ${version}\nArchitecture: all\nMaintainer: Nobody <nobody@localhost.invalid>\nDescription: toy\n`;
  writeFileSync(join(tree, 'DEBIAN/control'), control);
  const file = 'pool/toy-source.deb';
  mkdirSync(join(top, 'archive/pool'), { recursive: true });
  execFileSync('dpkg-deb', ['-b', tree, join(top, 'archive', file)]);
  const bytes = readFileSync(join(top, 'archive', file));
  const arch = execFileSync('dpkg', ['--print-architecture'], { encoding: 'utf8' }).trim();
  const index = `${control}Filename: ${file}\nSize: ${String(statSync(join(top, 'archive', file)).size)}\nSHA256: ${sha256(bytes)}\n`;
  const name = `main/binary-${arch}/Packages`;
  mkdirSync(join(top, `archive/dists/stable/main/binary-${arch}`), { recursive: true });
  writeFileSync(join(top, 'archive/dists/stable', name), index);
  writeFileSync(
    join(top, 'archive/dists/stable/Release'),
    `Suite: stable\nCodename: stable\nDate: ${new Date(1.7e12).toUTCString()}\nComponents: main\nArchitectures: ${arch}\nSHA256:\n ${sha256(index)} ${String(index.length)} ${name}\n`,
  );
  mkdirSync(join(top, 'etc/parts'), { recursive: true });
  writeFileSync(join(top, 'etc/sources.list'), `deb-src [trusted=yes] file:${top}/archive stable main\n`);
  writeFileSync(
    join(top, 'etc/apt.conf'),
    `Dir::Etc::parts "/dev/null";\nDir::Etc::main "/dev/null";\nDir::Etc::sourcelist "${top}/etc/sources.list";\nDir::Etc::sourceparts "${top}/etc/parts";\n`,
  );
  vi.stubEnv('APT_CONFIG', join(top, 'etc/apt.conf'));
}

const get = (path = PATH, sum = sha256(TEXT)): ReturnType<typeof fromPackage> =>
  fromPackage(
    { file: 'toy.tar.xz', sha256: sum, urls: [], package: { name: 'toy-source', version: '1.0-3', path } },
    join(top, 'apt'),
    join(top, 'got'),
    quietProgress,
  );

describe('a file of a binary package', needs(tool('apt-get', 'apt'), tool('dpkg-deb', 'dpkg')), () => {
  it('comes out of the package, and nothing else is left', async () => {
    makeArchive('1.0-3');
    expect(await get()).toEqual({ got: true, attempts: [] });
    expect(readFileSync(join(top, 'got'), 'utf8')).toBe(TEXT);
    expect(readdirSync(top).sort()).toEqual(['apt', 'archive', 'etc', 'got', 'tree']);
  });

  it.each([
    ['of another version', '1.0-4', PATH, sha256(TEXT), /1\.0-3/],
    ['at another place', '1.0-3', '/usr/src/other', sha256(TEXT), /the package has no \/usr\/src\/other/],
    ['with another sum', '1.0-3', PATH, sha256('other'), new RegExp(`sha256 is ${sha256(TEXT)}`)],
  ])('is not taken %s, and that is said', async (_what, version, path, sum, message) => {
    makeArchive(version);
    const { got, attempts } = await get(path, sum);
    expect(got).toBe(false);
    expect(attempts).toHaveLength(1);
    expect(attempts[0]?.message).toMatch(message);
    expect(existsSync(join(top, 'got'))).toBe(false);
    expect(existsSync(join(top, 'got.d'))).toBe(false);
  });
});
