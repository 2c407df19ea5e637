import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { PROBLEMS } from '../../src/problems.ts';
import { openCache } from '../../src/source/cache.ts';
import { needs } from '../needs.ts';
import { sourceOf } from '../trees.ts';

const RELEASE = 'bash@5.2.15';
const source = await sourceOf(RELEASE);
let work = '';

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'mayexec-several-'));
  mkdirSync(join(work, 'empty'));
});

afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

function patch(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const cli = join(packageFolder, 'dist/src/cli.js');
  const env = { ...process.env, MAYEXEC_CACHE: openCache().folder, NO_COLOR: '1' };
  return spawnSync(process.execPath, [cli, 'patch', ...args], { cwd: work, env, encoding: 'utf8' });
}

test(
  'one that cannot be made is named, the others are made, and the status tells',
  needs(source.need),
  () => {
    const { status, stdout, stderr } = patch('--out', 'made', 'empty', RELEASE, 'nowhere');
    expect(stderr).toMatch(/^not made: empty: .*empty is not a source tree of a known target.*\n {2}\S/m);
    const { length } = readFileSync(join(packageFolder, 'generated/bash/5.2.15/patches/series'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(stderr).toContain(`bash 5.2.15: ${length} patches in made/bash/5.2.15/patches\n`);
    expect(stderr).toMatch(/^not made: nowhere: /m);
    expect(existsSync(join(work, 'made/bash/5.2.15/patches/series'))).toBe(true);
    const rows = stdout.split('\n').map((line) => line.split(/ {2,}/));
    expect(rows.map(([release, , , , , , , verified]) => [release, verified])).toEqual([
      ['release', 'verified by'],
      ['empty', 'not made: not-a-tree'],
      ['bash 5.2.15', '-'],
      ['nowhere', 'not made: unknown-release'],
      ['', undefined],
    ]);
    expect(status).toBe(PROBLEMS['not-a-tree'].exit);
  },
);

test('what no release could be made with ends the run at once', needs(source.need), () => {
  const { status, stderr } = patch('--out', '/proc/made', RELEASE, RELEASE);
  expect(stderr).not.toContain('not made: ');
  expect(status).toBe(PROBLEMS['read-only'].exit);
});
