import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { DIFFERENCES, TABLE } from '../../src/prove/table.ts';
import { runTable } from '../../src/prove/run-table.ts';
import { matrixOf, runMatrix } from '../../src/prove/matrix.ts';
import { problemOf, say, sh } from './bed.ts';
import { toy } from './interpreter.ts';
import { childrenOf, processesWith, programOf, soon } from './processes.ts';
import { inUml } from './uml.ts';

/** On a busy machine; a guest boots in a fifth of a second. */
const TIME = { timeout: 120_000 };

/** The kernels that this process runs, as processes of the host. */
function kernels(): readonly number[] {
  return childrenOf(process.pid).filter((pid) => /\/kernels\/[^/]+\/linux$/.test(programOf(pid)));
}

describe('the bed uml', () => {
  it('answers the table with no difference outside the list', TIME, () =>
    inUml(async (bed, { probe }) => {
      const { asked, deviations } = await runTable(bed, probe, TABLE, DIFFERENCES, say);
      expect(deviations).toEqual([]);
      expect(asked).toBe(TABLE.length * 4 * 3);
      expect(asked).toBe(468);
    }),
  );

  it('judges the scenarios of a toy, stock and patched, under each policy', TIME, () =>
    inUml(async (bed) => {
      const programs = await toy();
      const both = {
        stock: { path: programs.stock, shown: programs.stock },
        patched: { path: programs.patched, shown: programs.patched },
      };
      const scenario = {
        ...{ id: 'script', what: 'a script', files: { script: 'say script ran\n' } },
        ...{ argv: ['{interpreter}', 'script'], marked: ['script'], plain: [], says: ['script ran'] },
        refused: { says: ['script: Permission denied'], status: 126 },
        placements: ['executable', 'plain', 'owner', 'noexec'] as const,
        users: ['root', 'nobody'] as const,
      };
      const release = { version: '1', capabilities: [], date: '2026-01-01' };
      const results = await runMatrix(matrixOf('toy', [scenario], release, [bed], both), both);
      expect(results.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
      expect(results).toHaveLength(4 * 2 * 4 * 2);
      expect(results.filter(({ seen }) => seen === 'refused')).toHaveLength(10);
    }),
  );

  it('tells how a job ended', TIME, () =>
    inUml(async (bed) => {
      expect(await sh(bed, 'echo out; echo err >&2; exit 7')).toMatchObject({
        ...{ ended: 'exit', status: 7, stdout: Buffer.from('out\n'), stderr: Buffer.from('err\n') },
      });
      expect(await sh(bed, 'kill -TERM $$')).toMatchObject({ ended: 'signal', status: 143 });
      expect(await sh(bed, 'echo first; exec sleep 60', { timeout: 500 })).toMatchObject({
        ...{ ended: 'timeout', status: 137, stdout: Buffer.from('first\n') },
      });
      const flood = await sh(bed, 'exec yes', { most: 100_000 });
      expect(flood).toMatchObject({ ended: 'flood', status: 137 });
      expect(flood.stdout).toHaveLength(100_000);
      // What closes its streams is waited for all the same; what it leaves running is not.
      expect(await sh(bed, 'exec >&- 2>&-; sleep 0.2; exit 3')).toMatchObject({ status: 3 });
      expect(await sh(bed, 'sleep 60 & echo over')).toMatchObject({ stdout: Buffer.from('over\n') });
    }),
  );

  it('gives a job its input, environment and bytes as they are', TIME, () =>
    inUml(async (bed) => {
      const bytes = Buffer.from(Array.from({ length: 200_000 }, (_one, index) => index % 256));
      expect((await bed.run({ argv: ['/bin/cat'], policy: 0, user: 'nobody', input: bytes })).stdout).toEqual(
        bytes,
      );
      expect((await sh(bed, 'cat; readlink /proc/self/fd/0')).stdout.toString()).toBe('/dev/null\n');
      const link = await sh(bed, 'for fd in 0 1 2; do readlink /proc/$$/fd/$fd; done; ls /proc/$$/fd', {
        input: '',
      });
      expect(link.stdout.toString()).toMatch(/^(?:socket:\[\d+\]\n){3}0\n1\n2\n/);
      const env = { ODD: 'a "b"\n%41 ä' };
      expect((await sh(bed, 'printf %s "$ODD"', { env })).stdout.toString()).toBe(env.ODD);
    }),
  );

  it('has all users, and a job that sees nothing of the one before', TIME, () =>
    inUml(async (bed) => {
      const script =
        'id -u; pwd; ls -A /tmp /dev/shm . | wc -l; touch /tmp/mayexec-left /dev/shm/mayexec-left; echo $$';
      for (const [user, id] of [
        ['root', 0],
        ['bare-root', 0],
        ['nobody', 65534],
      ] as const) {
        const { stdout, stderr, folder } = await sh(bed, script, { user });
        expect(stderr.toString()).toBe('');
        const [uid, where, , pid] = stdout.toString().split('\n');
        expect({ uid, where, pid }).toEqual({ uid: String(id), where: folder, pid: '2' });
      }
      const counts = await Promise.all(
        [1, 2, 3, 4].map(() => sh(bed, 'ls -A /tmp /dev/shm', { user: 'root' })),
      );
      for (const { stdout } of counts) expect(stdout.toString()).not.toContain('mayexec-left');
    }),
  );

  it("writes nothing of the host's, as root either", TIME, () =>
    inUml(async (bed) => {
      const name = `mayexec-uml-test-${process.pid}`;
      const { stdout } = await sh(bed, `touch /${name} /root/${name} /var/tmp/${name} 2>&1`, {
        user: 'root',
      });
      expect(stdout.toString().match(/Read-only file system/g)).toHaveLength(3);
      expect(existsSync(`/${name}`)).toBe(false);
    }),
  );

  it('fails where another policy is in force in the end', TIME, () =>
    inUml(async (bed) => {
      const away = 'echo 0 >/proc/sys/fs/open_mayexec_enforce';
      const problem = await problemOf(() => sh(bed, away, { user: 'root' }));
      expect(problem?.code).toBe('bed-dead');
      expect(problem?.message).toContain('policy 0 was in force, not 3');
      // The next job has its own again.
      expect(
        (await sh(bed, 'cat /proc/sys/fs/open_mayexec_enforce', { user: 'root' })).stdout.toString(),
      ).toBe('3\n');
    }),
  );

  it('says what cannot be run, and what this kernel lacks', TIME, () =>
    inUml(async (bed) => {
      const run = (argv: readonly [string]) => (): Promise<unknown> =>
        bed.run({ argv, policy: 0, user: 'nobody' });
      expect((await problemOf(run(['/nowhere'])))?.code).toBe('bad-path');
      const denied = await problemOf(() => sh(bed, 'true', { denyInteractive: true }));
      expect(denied?.code).toBe('bed-missing');
      expect(denied?.message).toContain('Linux 6.14');
    }),
  );

  it('is dead when its kernel is killed while a job runs, and leaves no process', TIME, () =>
    inUml(async (bed) => {
      const job = problemOf(() => sh(bed, 'sleep 60'));
      await soon(() => kernels().length > 0);
      for (const pid of kernels()) process.kill(pid, 'SIGKILL');
      const problem = await job;
      expect(problem?.code).toBe('bed-dead');
      expect(problem?.message).toContain('the guest has ended, by SIGKILL');
      await bed.end?.();
      expect(await soon(() => kernels().length === 0)).toBe(true);
      expect(await soon(() => processesWith('uml-userspace').length === 0)).toBe(true);
      // A new one is booted for the next job.
      expect((await sh(bed, 'echo alive')).stdout.toString()).toBe('alive\n');
    }),
  );

  it('runs a job again, in another guest, when the first one hangs', TIME, () =>
    inUml(async (bed) => {
      await sh(bed, 'true');
      const before = kernels();
      const job = sh(bed, 'sleep 1; echo $0 ran', { timeout: 2_000 });
      for (const pid of before) process.kill(pid, 'SIGSTOP');
      expect((await job).stdout.toString()).toBe('/bin/sh ran\n');
      expect(kernels().filter((pid) => !before.includes(pid))).not.toEqual([]);
      for (const pid of kernels()) process.kill(pid, 'SIGCONT');
    }),
  );

  it('runs a job again, in another guest, when the kernel of the first one panics', TIME, () =>
    inUml(async (bed) => {
      await sh(bed, 'true');
      const before = kernels();
      const job = sh(bed, 'sleep 1; echo $0 ran', { timeout: 5_000 });
      // A fault of the kernel's own.
      for (const pid of before) process.kill(pid, 'SIGSEGV');
      expect((await job).stdout.toString()).toBe('/bin/sh ran\n');
      expect(kernels().filter((pid) => before.includes(pid))).toEqual([]);
    }),
  );

  it('boots two guests for each processor at most, and ends them with the run', TIME, async () => {
    await inUml(async (bed) => {
      await Promise.all(Array.from({ length: 8 }, () => sh(bed, 'true')));
      expect(kernels().length).toBeLessThanOrEqual(2 * availableParallelism());
      expect(kernels().length).toBeGreaterThan(0);
    });
    expect(kernels()).toEqual([]);
  });
});
