import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { PROBLEMS } from '../../src/problems.ts';
import type { ProblemCode } from '../../src/problems.ts';
import { bedKinds } from '../../src/prove/kinds.ts';
import { builtInterpreter } from '../deploy/built.ts';
import { demand, gcc, needs, reachable, root, wholeBeds } from '../needs.ts';
import { nobody } from '../prove/place.ts';

const cli = join(packageFolder, 'dist', 'src', 'cli.js');

/** In ms: the matrix takes a minute or two, two builds before it a few more, a busy machine many more. */
const TIMEOUT = 1_500_000;

const Runs = v.array(
  v.object({
    scenario: v.string(),
    placement: v.string(),
    user: v.string(),
    bed: v.string(),
    policy: v.number(),
    deny: v.boolean(),
    interpreter: v.picklist(['stock', 'patched']),
    expected: v.picklist(['ran', 'refused']),
    seen: v.picklist(['ran', 'refused', 'other']),
    open: v.optional(v.string()),
    wrong: v.array(v.string()),
  }),
);

function prove(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, NO_COLOR: '1' };
  return spawnSync(process.execPath, [cli, 'prove', ...args], {
    env,
    encoding: 'utf8',
    timeout: TIMEOUT,
    maxBuffer: 1 << 26,
  });
}

function fails(code: ProblemCode, ...args: readonly string[]): string {
  const ended = prove(...args);
  expect(ended.stderr).toMatch(/^mayexec: .+\n {2}\S/m);
  expect(ended.status).toBe(PROBLEMS[code].exit);
  return ended.stderr;
}

describe('mayexec prove', needs(gcc), () => {
  // The whole matrix is one of the checks of test:interpreters, which builds what is needed here too.
  it(
    'shows a matrix of a release: refused where it is due, in every bed at hand, and the stock shell never',
    async () => {
      const found = await builtInterpreter('bash@5.2.15');
      if ('lacking' in found) demand(found.lacking);
      const required = process.env['MAYEXEC_REQUIRE_TOOLS'] === '1' ? ['--require-bed', 'all'] : [];
      const some = ['--json', '--only', 'script', ...required];
      const { status, stdout, stderr } = prove('bash@5.2.15', ...some);
      const runs = v.parse(Runs, JSON.parse(stdout));
      expect(runs.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
      expect(status, stderr).toBe(0);
      const missing = [...stderr.matchAll(/not run: test bed (\S+)/g)].map((match) => match[1] ?? '');
      for (const { name, mechanism, policies } of bedKinds.filter((kind) => !missing.includes(kind.name))) {
        const here = runs.filter(({ bed }) => bed === name);
        expect([...new Set(here.map(({ policy }) => policy))]).toEqual(policies);
        // The controls: nothing of this is a bed that does nothing, or refuses everything.
        const did = (which: string, what: string): number =>
          here.filter(({ interpreter, seen }) => interpreter === which && seen === what).length;
        expect(did('stock', 'ran')).toBe(here.length / 2);
        expect(did('patched', 'ran')).toBeGreaterThan(10);
        expect(did('patched', 'refused') > 10).toBe(mechanism !== 'none');
      }
      const others = prove('bash@5.2.15', '--json', '--only', 'loadable');
      const open = v.parse(Runs, JSON.parse(others.stdout)).filter((run) => run.open !== undefined);
      expect(open.map(({ scenario }) => scenario)).toContain('loadable');
      // Code that comes from no file: the interactive policy alone refuses it.
      const commands = v.parse(Runs, JSON.parse(prove('bash@5.2.15', '--json', '--only', 'command').stdout));
      const refused = commands.filter(({ seen }) => seen === 'refused');
      expect(refused.every(({ deny, interpreter }) => deny && interpreter === 'patched')).toBe(true);
      expect(refused.length > 0).toBe(!missing.includes('securebits'));
    },
    TIMEOUT,
  );

  it(
    'is red for an installed interpreter that was never patched',
    () => {
      const args = ['bash', '--interpreter', '/bin/bash', '--only', 'script-absolute', '--bed', 'supervisor'];
      demand(wholeBeds);
      const { status, stdout, stderr } = prove(...args);
      expect(status).toBe(PROBLEMS.refused.exit);
      expect(stdout).toContain('script-absolute  plain       nobody  ran           ran  RAN  RAN  -\n');
      expect(stdout).toContain('script-absolute, patched: ran, not refused');
      expect(stdout).toContain('12 runs, 4 not as expected');
      expect(stderr).toContain('not run: the unpatched interpreter as a control');
      expect(stderr).toContain('1 scenario(s) did not go as expected');
      // Where nothing is refused, it is as good as a patched one; the comparison is with itself.
      const calm = prove(...args, '--policy', '0', '--stock', '/bin/bash');
      expect(calm.stdout).toContain('6 runs, 0 not as expected');
      expect(calm.status).toBe(0);
    },
    TIMEOUT,
  );

  it(
    'says what it leaves out, and where nothing is to be refused',
    () => {
      const args = ['bash', '--interpreter', '/bin/bash', '--bed', 'stock', '--only', 'script-absolute'];
      expect(prove(...args).stderr).toContain('no policy refuses any of these runs');
      demand(root, reachable, wholeBeds);
      const folder = mkdtempSync(join(tmpdir(), 'mayexec-test-prove-'));
      try {
        copyFileSync('/bin/bash', join(folder, 'bash'));
        chmodSync(folder, 0o700);
        const rest = args.slice(3);
        expect(fails('bad-path', 'bash', '--interpreter', join(folder, 'bash'), ...rest)).toContain(
          'uid 65534',
        );
        chmodSync(folder, 0o755);
        chownSync(folder, nobody.uid, nobody.gid);
        const also = ['--cache', folder, '--only', 'script'];
        const { stderr } = spawnSync(process.execPath, [cli, 'prove', ...args, ...also], {
          ...{ env: { ...process.env, HOME: folder }, encoding: 'utf8', timeout: TIMEOUT, ...nobody },
        });
        expect(stderr).toMatch(/not run: \d+ runs as root, or with files that root owns: they need root/);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
    TIMEOUT,
  );

  it('says what is wrong with its arguments', () => {
    expect(fails('unknown-release', 'nosuch@1', '--interpreter', '/bin/sh')).toContain('nosuch@1');
    expect(fails('bad-path', 'bash', '--interpreter', '/nowhere/bash')).toContain('/nowhere/bash');
    expect(fails('bad-path', 'bash', '--interpreter', '/usr/bin')).toContain(
      '/usr/bin: cannot be run as a program',
    );
    fails('usage', 'bash', '--interpreter', '');
    fails('usage', 'bash', '--stock', '/bin/bash');
    fails('usage', 'bash', '--interpreter', '/bin/bash', '--mutate');
    fails('usage', 'bash', '--interpreter', '/bin/bash', '--policy', '4');
    fails('usage', 'bash', '--interpreter', '/bin/bash', '--only', 'no such scenario');
    expect(fails('bed-missing', 'bash', '--interpreter', '/bin/bash', '--bed', 'moon')).toContain('moon');
  });
});
