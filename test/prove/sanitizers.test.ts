import { beforeEach, describe, expect, it } from 'vitest';
import { compile, sourceOf } from '../../src/prove/compile.ts';
import type { Bed } from '../../src/prove/bed.ts';
import { bedKinds } from '../../src/prove/kinds.ts';
import { localBed } from '../../src/prove/local.ts';
import { runTable } from '../../src/prove/run-table.ts';
import { DIFFERENCES, TABLE } from '../../src/prove/table.ts';
import { problemOf, sh } from './bed.ts';
import { testProgram } from './interpreter.ts';
import { cache, nobody } from './place.ts';
import { USERS, watch } from './watched.ts';
import type { Watched } from './watched.ts';
import { demand, gcc, needs, partly, root, wholeBeds } from '../needs.ts';

beforeEach(() => {
  demand(gcc);
});

/** Every finding ends the program, and with it the run. */
const FLAGS = ['-g', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'];

/** Leaks are looked for by ptrace, which is not always to be had. */
function withoutLeaks(bed: Bed): Bed {
  return { ...bed, run: (job) => bed.run({ ...job, env: { ASAN_OPTIONS: 'detect_leaks=0' } }) };
}

describe('the C programs, with AddressSanitizer and UndefinedBehaviorSanitizer,', () => {
  it(
    'answer the whole table, and every gap, without a finding',
    { timeout: 120_000, ...needs(wholeBeds) },
    async () => {
      const [supervisor, stage, probe, gaps] = await Promise.all([
        compile(sourceOf('supervisor'), cache, FLAGS),
        compile(sourceOf('stage'), cache, FLAGS),
        compile(sourceOf('probe'), cache),
        testProgram('gaps'),
      ]);
      for (const harness of partly(root) ? [undefined, nobody] : [undefined]) {
        for (const kind of bedKinds.filter(({ name }) => name !== 'securebits')) {
          const bed = withoutLeaks(localBed(kind, { supervisor, stage, probe }, harness));
          const { deviations } = await runTable(bed, probe, TABLE, DIFFERENCES, () => undefined);
          expect(deviations).toEqual([]);
        }
      }
      const [kind] = bedKinds;
      if (!kind) throw new Error('no bed');
      const bed = withoutLeaks(localBed(kind, { supervisor, stage, probe }));
      const script =
        './gaps edges; ./gaps threads may-not; ./gaps resolve may; ./gaps umask; ./gaps create new; ./gaps sizes may; ./gaps full may';
      const { stderr, stdout, status, opened } = await sh(bed, script, {
        watch: true,
        sysctlFile: true,
        fixtures: [
          { kind: 'bind', path: 'gaps', from: gaps },
          { kind: 'file', path: 'may', mode: 0o755 },
          { kind: 'file', path: 'may-not' },
        ],
      });
      expect(stderr.toString()).toBe('');
      expect(stdout.toString()).toContain('0 wrong');
      expect(status).toBe(0);
      expect(opened.length).toBeGreaterThan(1600);
    },
  );

  it('answer at the edges, without a finding', { timeout: 120_000 }, async () => {
    demand(root, wholeBeds);
    const [supervisor, stage, edges] = await Promise.all([
      compile(sourceOf('supervisor'), cache, FLAGS),
      compile(sourceOf('stage'), cache, FLAGS),
      testProgram('edges'),
    ]);
    const [kind] = bedKinds;
    if (!kind) throw new Error('no bed');
    const bed = withoutLeaks(localBed(kind, { supervisor, stage, probe: '' }));
    for (const who of ['self', 'changed', 'read-search', 'mapped', 'root']) {
      const { status, stderr, opened } = await bed.run({
        argv: ['./edges', 'flag', who, 'few'],
        fixtures: [{ kind: 'copy', path: 'edges', from: edges, mode: 0o755 }],
        ...{ user: 'root', policy: 2, timeout: 60_000 },
      });
      expect([status, stderr.toString()]).toEqual([0, '']);
      expect(opened.length).toBeGreaterThan(2_000);
    }
  });

  it('end the run when they cannot see, without a finding', async () => {
    const supervisor = await compile(sourceOf('supervisor'), cache, FLAGS);
    const [gaps, deny] = [await testProgram('gaps'), await testProgram('deny')];
    const [, as] = USERS.at(-1) ?? [];
    const under = (before: readonly string[], ...command: readonly string[]): Promise<Watched> =>
      watch([...before, supervisor, '--policy', '3', '--records', '3', '--watch', '--', ...command], {
        cwd: '/',
        as,
      });
    for (const [run, reason] of [
      [await under([], gaps, 'undumpable', '/etc/passwd'), /^cannot read the memory of gaps/],
      [await under([deny, 'process_vm_readv', '1'], 'true'), /^process_vm_readv fails/],
      [await under([deny, 'openat2-here', '1'], 'true'), /^openat2 is answered before/],
    ] as const) {
      expect(run.last.reason).toMatch(reason);
      expect([run.status, run.stderr]).toEqual([125, expect.stringMatching(/^supervisor: [^\n]*\n$/)]);
    }
    const killed = await under([], gaps, 'killed-often', '/etc/passwd');
    expect([killed.status, killed.stdout, killed.stderr]).toEqual([0, 'done\n', '']);
    const longer = await under([], gaps, 'longer', '/etc/passwd');
    expect([longer.stdout, longer.stderr]).toEqual(['EACCES\nE2BIG\n', '']);
  });

  it('end in good order when they fail', needs(wholeBeds), async () => {
    const supervisor = await compile(sourceOf('supervisor'), cache, FLAGS);
    const stage = await compile(sourceOf('stage'), cache, FLAGS);
    const [kind] = bedKinds;
    if (!kind) throw new Error('no bed');
    const bed = withoutLeaks(localBed(kind, { supervisor, stage, probe: '' }));
    const timeout = await sh(bed, 'sleep 100 & sleep 100', { timeout: 300 });
    expect(timeout).toMatchObject({ ended: 'timeout' });
    expect(timeout.stderr.toString()).toBe('');
    const missing = await problemOf(() =>
      sh(bed, '', { fixtures: [{ kind: 'bind', path: 'x', from: '/no/such' }] }),
    );
    expect(missing?.message).toBe('test bed supervisor failed: /no/such: No such file or directory');
  });
});
