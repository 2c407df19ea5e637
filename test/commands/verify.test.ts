import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { PROBLEMS } from '../../src/problems.ts';
import { needs } from '../needs.ts';
import { sourceOf } from '../trees.ts';

const HAD = 'bash@5.2.15';
const MISSING = 'bash@5.2.21';
/** In ms. The sources of two kernels are unpacked where they are installed: a minute of a processor, or more. */
const TIMEOUT = 600_000;
const source = await sourceOf(HAD);

/** No name has an address: what a machine without a network sees, whatever this one has. */
const OFFLINE = `data:text/javascript,${encodeURIComponent(
  `import dns from 'node:dns';
  dns.lookup = (name, options, done = options) => {
    process.nextTick(done, Object.assign(new Error('no such name: ' + name), { code: 'ENOTFOUND' }));
  };`,
)}`;

/** A cache that has one source alone. */
let cache = '';

beforeAll(() => {
  cache = mkdtempSync(join(tmpdir(), 'mayexec-verify-'));
  mkdirSync(join(cache, 'trees'));
  if (source.path !== undefined) symlinkSync(source.path, join(cache, 'trees', basename(source.path)));
});

afterAll(() => {
  rmSync(cache, { recursive: true, force: true });
});

function verify(
  names: readonly string[],
  env: NodeJS.ProcessEnv = {},
): { readonly status: number | null; readonly rows: readonly string[]; readonly said: readonly string[] } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', OFFLINE, join(packageFolder, 'dist/src/cli.js'), 'verify', '--cache', cache, ...names],
    { env: { ...process.env, MAYEXEC_SOURCES: '', NO_COLOR: '1', ...env }, encoding: 'utf8' },
  );
  const rows = stdout.split('\n').map((line) => line.split(/ {2,}/, 1)[0] ?? '');
  return { status, rows, said: stderr.split('\n') };
}

describe('a release whose source is not to be had', { ...needs(source.need), timeout: TIMEOUT }, () => {
  it('is named, the others are verified, and the status tells of one that was asked for', () => {
    const { status, rows, said } = verify([MISSING, HAD]);
    expect(said).toContainEqual(
      expect.stringMatching(/^not verified: cannot download bash@5\.2\.21: .*: no such name/),
    );
    expect(rows).toEqual(['release', HAD, '']);
    expect(status).toBe(PROBLEMS['no-network'].exit);
  });

  it('is no failure where nobody asked for it', () => {
    // No apt either.
    const { status, rows, said } = verify([], { PATH: '/nowhere' });
    // The source of a kernel may be installed: it is outside of every cache.
    expect(rows.filter((row) => !row.startsWith('linux@'))).toEqual(['release', HAD, '']);
    const missing = said.filter((line) => line.startsWith('not verified: '));
    expect(missing.length).toBeGreaterThan(10);
    expect(missing.filter((line) => line.includes(MISSING))).toHaveLength(1);
    expect(status).toBe(0);
  });

  it('is one of each release of a target that is named alone', () => {
    const { status, rows, said } = verify(['perl'], { PATH: '/nowhere' });
    expect(rows).toEqual(['release', '']);
    const missing = said.filter((line) => line.startsWith('not verified: '));
    expect(missing.length).toBeGreaterThan(1);
    expect(missing.filter((line) => !line.includes('perl@'))).toEqual([]);
    expect(status).toBe(PROBLEMS['no-network'].exit);
  });

  it('is no failure where a target is named, and another of its releases has a source', () => {
    const { status, rows, said } = verify(['bash'], { PATH: '/nowhere' });
    expect(rows).toEqual(['release', HAD, '']);
    expect(said.filter((line) => line.startsWith('not verified: ')).length).toBeGreaterThan(1);
    expect(status).toBe(0);
  });

  it('is one where no release is left', () => {
    const { status, rows } = verify([MISSING]);
    expect(rows).toEqual(['release', '']);
    expect(status).toBe(PROBLEMS['no-network'].exit);
  });
});
