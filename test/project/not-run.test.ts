import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';

/** Runs the tests of a fixture, as `npm test` runs those of the kit. */
function run(
  fixture: string,
  env: Readonly<Record<string, string>> = {},
): { status: number | null; said: string } {
  const vitest = join(packageFolder, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--config', 'test/project/skips/vitest.config.ts', fixture];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: packageFolder,
    env: { ...process.env, MAYEXEC_REQUIRE_TOOLS: '', NO_COLOR: '1', ...env },
    encoding: 'utf8',
  });
  return { status, said: stdout + stderr };
}

describe('a test that is not run', () => {
  it('is counted for what it lacks first, and each lack is named once with what brings it', () => {
    expect(run('reasons')).toEqual({
      status: 0,
      said: `
not run here, for what this machine lacks:
  the moon: 3; wait for the night
    test/project/skips/reasons.fixture.ts: 3
    test/project/skips/reasons.fixture.ts: a part of 1
  a star: 1; look up
    test/project/skips/reasons.fixture.ts: 1
not run: 4 of 6 tests (the moon 3, a star 1)
`,
    });
  });

  it('and says no reason fails the run', () => {
    const { status, said } = run('silent');
    expect(status).toBe(1);
    expect(said).toContain('skipped without a reason, which counts as a failure:\n');
    expect(said).toContain('  test/project/skips/silent.fixture.ts > without a word\n');
  });
});
