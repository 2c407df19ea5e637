import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import type { Job } from '../../src/prove/bed.ts';
import { withBeds } from '../../src/prove/beds.ts';
import { bedKinds } from '../../src/prove/kinds.ts';
import { localBed } from '../../src/prove/local.ts';
import type { Harness } from '../../src/prove/local.ts';
import {
  bedNamespaces,
  demand,
  gcc,
  given,
  has,
  needs,
  root,
  securebits,
  tool,
  wholeBeds,
  wholeRoot,
} from '../needs.ts';
import { problemOf } from './bed.ts';
import { behind } from './behind.ts';
import { testProgram, toy } from './interpreter.ts';
import { cache, isRoot, nobody, programs } from './place.ts';
import { processesWith } from './processes.ts';
import { AS_NOBODY, USERS, watch } from './watched.ts';
import type { Watched } from './watched.ts';

const { EINVAL, ENOSYS, EPERM } = constants.errno;
const cli = join(packageFolder, 'dist', 'src', 'cli.js');

/** By which the processes of this run can be found. */
const ofTheBlind = `of-the-blind-${process.pid}`;

let work = '';
let patched = '';
let gaps = '';
let deny = '';

beforeAll(async () => {
  if (!has(gcc)) return;
  work = mkdtempSync(join(tmpdir(), 'mayexec-blind-'));
  chmodSync(work, 0o755);
  ({ patched } = await toy());
  gaps = await testProgram('gaps');
  deny = await testProgram('deny');
  for (const [name, mode] of [
    ['may', 0o755],
    ['may-not', 0o644],
  ] as const) {
    writeFileSync(join(work, name), 'say it ran\n');
    chmodSync(join(work, name), mode);
  }
  // Who runs a file that may not be read becomes a process that may not be looked into.
  copyFileSync(patched, join(work, 'unreadable'));
  chmodSync(join(work, 'unreadable'), 0o111);
});

beforeEach(() => {
  demand(gcc);
});

afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

type As = (typeof USERS)[number][1];

/** The supervisor with a command, behind other words. */
async function under(
  command: readonly string[],
  more: {
    as?: As;
    before?: readonly string[];
    options?: readonly string[];
    env?: Record<string, string>;
  } = {},
): Promise<Watched> {
  const { supervisor } = await programs();
  const options = ['--policy', '3', '--records', '3', ...(more.options ?? [])];
  return watch([...(more.before ?? []), supervisor, ...options, '--', ...command], {
    cwd: work,
    as: more.as,
    ...(more.env && { env: more.env }),
  });
}

const dead = (run: Watched): unknown => [run.status, run.stdout, run.last.event];
const DEAD = [125, '', 'dead'];

const ordinary = USERS.filter(([who]) => who !== 'root');
const roots = USERS.filter(([who]) => who === 'root');

describe.each(ordinary)('for %s, a caller that may not be looked into ends the run:', (_who, as) => {
  const reason = /^cannot read the memory of .* it is not dumpable.*\(EPERM\)$/;

  it.each(['may', 'may-not'])('an interpreter whose file is not readable, with %s', async (script) => {
    const run = await under(['./unreadable', script], { as });
    expect(dead(run)).toEqual(DEAD);
    expect(run.last.reason).toMatch(reason);
    expect(run.last.hint).toContain('chmod +r');
    expect(run.last.hint).toContain('run this as root');
  });

  it.each([
    ['undumpable', []],
    ['undumpable-plain', ['--watch']],
    ['undumpable-access', ['--sysctl-file']],
  ])('one that has asked for it: %s', async (what, options) => {
    const run = await under([gaps, what, 'may-not'], { as, options });
    expect(dead(run)).toEqual(DEAD);
    expect(run.last.reason).toMatch(reason);
  });

  it('but not when it opens without the flag, by a call that is not looked at', async () => {
    const run = await under([gaps, 'undumpable-plain', 'may-not'], { as });
    expect([run.status, run.stdout]).toEqual([0, 'ok say it ran\n']);
  });
});

describe.each(roots)('%s, who may look into every process,', () => {
  it('refuses such callers as others', async () => {
    demand(wholeRoot);
    expect((await under(['./unreadable', 'may-not'])).status).toBe(126);
    expect((await under([...AS_NOBODY, './unreadable', 'may-not'])).stdout).toBe('');
    expect((await under([gaps, 'undumpable', 'may-not'])).stdout).toBe('EACCES\n');
    expect((await under([...AS_NOBODY, './unreadable', 'may'])).stdout).toBe('it ran\n');
  });

  it('without CAP_SYS_PTRACE is told to add it', async () => {
    demand(tool('setpriv', 'util-linux'));
    const before = ['setpriv', '--bounding-set=-sys_ptrace'];
    const run = await under([...AS_NOBODY, patched, 'may-not'], { before });
    expect(dead(run)).toEqual(DEAD);
    expect(run.last.reason).toMatch(/it is of user 65534, and CAP_SYS_PTRACE is missing \(EPERM\)$/);
    expect(run.last.hint).toContain('docker run --cap-add SYS_PTRACE');
    expect((await under([patched, 'may-not'], { before })).status).toBe(126);
  });
});

describe.each(USERS)(
  'for %s, a filter on what the supervisor needs is found before the command runs:',
  (_who, as) => {
    it.each([
      ['process_vm_readv', EPERM, 'EPERM'],
      ['process_vm_readv', ENOSYS, 'ENOSYS'],
      ['process_vm_readv', 0, 'it does nothing'],
      ['openat2', EPERM, 'EPERM'],
      ['openat2', ENOSYS, 'ENOSYS'],
      ['openat2', EINVAL, 'EINVAL'],
      ['openat2', 0, 'it does nothing'],
      ['faccessat2', ENOSYS, 'ENOSYS'],
    ])('%s, errno %i', async (call, errno, name) => {
      const run = await under(['sh', '-c', `echo started; ${patched} may-not`], {
        as,
        before: [deny, call, String(errno)],
      });
      expect(dead(run)).toEqual(DEAD);
      expect(run.last.reason).toBe(`${call} fails for the supervisor (${name})`);
      expect(run.last.hint).toContain('seccomp filter');
    });

    it.each([
      [EPERM, 'EPERM'],
      [ENOSYS, 'ENOSYS'],
    ])('openat2 where the command makes it, errno %i', async (errno, name) => {
      const run = await under(['sh', '-c', `echo started; ${patched} may-not`], {
        as,
        before: [deny, 'openat2-here', String(errno)],
      });
      expect(dead(run)).toEqual(DEAD);
      expect(run.last.reason).toBe(`openat2 is answered before the supervisor is asked (${name})`);
      expect(run.last.hint).toContain('seccomp filter');
    });
  },
);

describe.each(USERS)('for %s, a request that the supervisor does not know', (_who, as) => {
  it.each([
    ['a 32-bit call', '32'],
    ['an x32 call', 'x32'],
  ])('as %s ends the run', async (what, which) => {
    demand(given('x86-64', 'run it on such a machine', process.arch === 'x64'));
    const run = await under([gaps, 'foreign', which], { as });
    demand(given(`a kernel that takes ${what}`, 'boot one with CONFIG_IA32_EMULATION', run.status !== 139));
    expect(dead(run)).toEqual(DEAD);
    expect(run.last.reason).toMatch(
      /^gaps.* made a 32-bit or x32 call \(number \d+\), which is not imitated$/,
    );
    expect(run.last.hint).toContain('64-bit');
    if (which === 'x32') return;
    expect((await under([gaps, 'foreign', '32-getpid'], { as })).stdout).toBe('itself\n');
    const watched = await under([gaps, 'foreign', '32-getpid'], { as, options: ['--watch'] });
    expect(dead(watched)).toEqual(DEAD);
    expect(watched.last.reason).toContain('(number 20), which is not recorded');
  });

  it('with a longer structure is judged by what is known of it', async () => {
    expect((await under([gaps, 'longer', 'may-not'], { as })).stdout).toBe('EACCES\nE2BIG\n');
    expect((await under([gaps, 'longer', 'may'], { as })).stdout).toBe('ok say it ran\nE2BIG\n');
  });

  it('cannot be made through io_uring', async () => {
    expect((await under([gaps, 'uring'], { as })).stdout).toBe('EPERM\n');
  });
});

describe.each(USERS)('for %s, what a kernel could have said too goes to the caller:', (_who, as) => {
  it('no descriptor left', async () => {
    const run = await under([gaps, 'few', 'may'], { as });
    expect([run.stdout, run.last.event]).toEqual(['EMFILE\n', 'end']);
  });

  it('nothing, when it was killed meanwhile', async () => {
    for (const script of ['may', 'may-not']) {
      const run = await under([gaps, 'killed-often', script], { as });
      expect([run.status, run.stdout, run.last.event]).toEqual([0, 'done\n', 'end']);
    }
  });
});

describe("the machine's settings", needs(bedNamespaces), () => {
  /** Words that change something in a mount namespace and go on as a user. */
  const inside = (script: string, as: readonly string[]): readonly string[] => [
    ...['unshare', '-m', 'sh', '-c', `${script} && exec "$@"`, 'sh', ...as],
  ];

  it.each([
    [
      '2',
      AS_NOBODY,
      'kernel.yama.ptrace_scope is 2: only CAP_SYS_PTRACE',
      'sysctl kernel.yama.ptrace_scope=1',
    ],
    ['3', AS_NOBODY, 'kernel.yama.ptrace_scope is 3: no process may be read', 'restart the machine'],
    ['3', [], 'kernel.yama.ptrace_scope is 3: no process may be read', 'restart the machine'],
    ['1', AS_NOBODY, 'no reason is known', 'dmesg'],
  ])('Yama, %s, as a reason', async (scope, as, reason, hint) => {
    demand(root);
    const yama = '/proc/sys/kernel/yama';
    const library = await testProgram('hinder', ['-shared', '-fPIC', '-ldl']);
    const run = await under([patched, 'may-not'], {
      before: inside(
        `mount -t tmpfs none /proc/sys/kernel && mkdir ${yama} && echo ${scope} >${yama}/ptrace_scope`,
        // What Yama does: others may not be read, oneself may.
        [...as, 'env', `LD_PRELOAD=${library}`, `HINDER=process_vm_readv ${EPERM} 0`],
      ),
    });
    expect(dead(run)).toEqual(DEAD);
    expect(run.last.reason).toContain(reason);
    expect(run.last.hint).toContain(hint);
  });

  it('hidepid: what cannot be seen in /proc is ended all the same', async () => {
    demand(root);
    const before = inside('mount -t proc -o hidepid=2 proc /proc', AS_NOBODY);
    const run = await under([gaps, 'undumpable-sleeper', ofTheBlind], { before });
    expect([run.status, run.last.event]).toEqual([0, 'end']);
    expect(processesWith(ofTheBlind)).toEqual([]);
    expect((await under([patched, 'may-not'], { before })).status).toBe(126);
  });

  it('hidepid, and a kernel without lists of children: the run ends, and counts for nothing', async () => {
    demand(root);
    const library = await testProgram('hinder', ['-shared', '-fPIC', '-ldl']);
    const run = await under([gaps, 'undumpable-sleeper', ofTheBlind], {
      before: inside('mount -t proc -o hidepid=2 proc /proc', [
        ...AS_NOBODY,
        ...['env', `LD_PRELOAD=${library}`, `HINDER=fopen ${ENOSYS} 0`],
      ]),
    });
    expect([run.status, run.last.event]).toEqual([125, 'dead']);
    expect(run.last.reason).toBe('not all that the command has started could be found and killed');
    for (const pid of processesWith(ofTheBlind)) process.kill(pid, 'SIGKILL');
  });

  it('no list of children alone: they are looked for in /proc', async () => {
    const library = await testProgram('hinder', ['-shared', '-fPIC', '-ldl']);
    const run = await under(['sh', '-c', 'setsid sleep 8000 &'], {
      env: { LD_PRELOAD: library, HINDER: `fopen ${ENOSYS} 0` },
    });
    expect([run.status, run.last.event]).toEqual([0, 'end']);
  });
});

/** What the beds say when their supervisor is started behind words. */
function bedsBehind(name: string, words: readonly string[], harness?: Harness): Promise<readonly string[]> {
  const kind = bedKinds.find((one) => one.name === name);
  if (!kind) throw new Error(name);
  return behind(words, async (tools) => {
    const bed = localBed(kind, tools, harness);
    const options = { cache, say: () => undefined, only: [], more: [() => Promise.resolve(bed)] };
    const found = await problemOf(() => withBeds(options, () => Promise.resolve()));
    return found === undefined ? [] : [found.code, found.message, found.hint];
  });
}

describe('a bed that cannot see is a dead one', needs(wholeBeds), () => {
  const HINT = /seccomp filter .*; no result of this run counts$/;

  it('whoever runs it, with process_vm_readv filtered', async () => {
    for (const harness of isRoot ? [undefined, nobody] : [undefined]) {
      expect(await bedsBehind('supervisor', [deny, 'process_vm_readv', String(EPERM)], harness)).toEqual([
        'bed-dead',
        'test bed supervisor failed: process_vm_readv fails for the supervisor (EPERM)',
        expect.stringMatching(HINT),
      ]);
    }
  });

  it('with root that lacks CAP_SYS_PTRACE, where a job is of another user', async () => {
    demand(root);
    const found = await bedsBehind('supervisor', ['setpriv', '--bounding-set=-sys_ptrace']);
    expect(found[0]).toBe('bed-dead');
    expect(found[1]).toMatch(/ of probe \(process \d+\): it is of user 65534, and CAP_SYS_PTRACE is missing/);
    expect(found[2]).toContain('docker run --cap-add SYS_PTRACE');
  });

  it('with another policy than that which was asked for', async () => {
    const words = [`sh -c 's=$1; shift 3; exec "$s" --policy 0 "$@"' sh`];
    const job: Job = { argv: ['/bin/true'], policy: 3, user: 'nobody' };
    const [kind] = bedKinds;
    if (!kind) throw new Error('no bed');
    const found = await behind(words, (tools) => problemOf(() => localBed(kind, tools).run(job)));
    expect(found?.message).toBe('test bed supervisor failed: expected policy 3 in force, found 0');
  });

  it.each([
    [EPERM, 'EPERM'],
    [ENOSYS, 'ENOSYS'],
  ])(
    'with execveat filtered, errno %i, where the check is what refuses',
    needs(securebits),
    async (errno, name) => {
      const [code, message, hint] = await bedsBehind('securebits', [deny, 'execveat', String(errno)]);
      expect([code, message]).toEqual([
        'bed-dead',
        `test bed securebits failed: its answers are unexpected (0755: ${name}, 0644: ${name})`,
      ]);
      expect(hint).toMatch(HINT);
    },
  );

  it('with securebits that are said to be set, and are not', async () => {
    const [code, message] = await bedsBehind('securebits', [deny, 'securebits', '0']);
    expect([code, message]).toEqual([
      'bed-dead',
      'test bed securebits failed: securebits 0x100 were set, and are not there: Operation not permitted',
    ]);
  });

  it.each([
    // Without root, the first three writes make the user namespace.
    ['while it makes the fixtures', 'write', isRoot ? 0 : 3, /: script: Operation not permitted$/],
    ['after the fixtures were made', 'deathsig', 0, /: prctl PR_SET_PDEATHSIG: Operation not permitted$/],
  ])('with a stage that fails %s', async (_when, call, skip, message) => {
    const library = await testProgram('hinder', ['-shared', '-fPIC', '-ldl']);
    for (const kind of bedKinds) {
      const job: Job = {
        argv: ['/bin/sh', 'script'],
        policy: 0,
        user: 'nobody',
        fixtures: [{ kind: 'file', path: 'script', text: 'echo it ran' }],
        env: { LD_PRELOAD: library, HINDER: `${call} ${EPERM} ${skip}`, HINDER_IN: 'stage' },
      };
      const tools = await programs();
      const found = await problemOf(() => localBed(kind, tools).run(job));
      expect(found?.code).toBe('bed-dead');
      expect(found?.message).toMatch(message);
    }
  });
});

describe('mayexec sandbox', () => {
  const sandbox = (
    before: readonly string[],
    ...args: readonly string[]
  ): { status: number | null; stdout: string; stderr: string } => {
    const [program = '', ...rest] = [...before, process.execPath, cli, 'sandbox', '--cache', cache, ...args];
    const { status, stdout, stderr } = spawnSync(program, rest, { cwd: work, encoding: 'utf8' });
    return { status, stdout, stderr };
  };

  it('ends with 71, the reason and what to do, though the command itself would end well', () => {
    const before = isRoot ? ['setpriv', '--bounding-set=-sys_ptrace'] : [];
    const caller = isRoot ? [...AS_NOBODY, patched].join(' ') : './unreadable';
    const script = `${caller} may-not; echo it goes on; exit 0`;
    const { status, stdout, stderr } = sandbox(before, '--policy', '2', '--', 'sh', '-c', script);
    expect([status, stdout]).toEqual([71, '']);
    expect(stderr).toContain('test bed supervisor failed: cannot read the memory of ');
    expect(stderr).toMatch(
      isRoot
        ? /--cap-add SYS_PTRACE.*; no result of this run counts/
        : /chmod \+r.*; no result of this run counts/,
    );
  });

  it('ends when the records cannot be written, and says which disk is full', () => {
    const script = 'while :; do : </dev/null; done';
    const { status, stderr } = sandbox([], '--watch', '--records', '/dev/full', '--', 'sh', '-c', script);
    expect(stderr).toContain('/dev/full: no space left');
    expect(status).toBe(50);
  });
});
