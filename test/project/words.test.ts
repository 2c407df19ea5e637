import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { textOf, trackedFiles } from './tracked.ts';

/** Folders that a checkout may lie in and that any text may name. */
const COMMON = ['/', '/home', '/opt', '/srv', '/tmp', '/usr/src', '/var/tmp', tmpdir(), homedir()];

/** The hosts that this machine gets its packages from. */
function registryHosts(): string[] {
  const registry = execFileSync('npm', ['config', 'get', 'registry'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const folder = '/etc/apt/sources.list.d';
  const stanzas = existsSync(folder)
    ? readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))
    : [];
  const addresses = [registry, ...stanzas.flatMap((text) => text.match(/^URIs: .*$/gm) ?? [])];
  return addresses.flatMap((text) => [...text.matchAll(/\w:\/\/([^/\s]+)/g)].map(([, host = '']) => host));
}

it('no tracked file names this machine: its folders, or where its packages come from', () => {
  const folders = [packageFolder, dirname(packageFolder)].filter((folder) => !COMMON.includes(folder));
  const words = [...registryHosts(), ...folders.map((folder) => `${folder}/`)];
  expect(words.length).toBeGreaterThan(0);
  const found = trackedFiles()
    .filter((file) => file !== 'package-lock.json')
    .flatMap((file) => words.filter((word) => textOf(file).includes(word)).map((word) => `${file}: ${word}`));
  expect(found).toEqual([]);
});
