import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { spawnSync } from 'node:child_process';
import { demand, gcc, has, namespaces, wholeRoot } from '../needs.ts';
import type { Need } from '../needs.ts';
import { testProgram, toy } from './interpreter.ts';
import { isRoot, programs } from './place.ts';
import { AS_NOBODY, USERS, watch } from './watched.ts';
import type { Watched } from './watched.ts';

const { EACCES, EAGAIN, EINVAL, EIO, EMFILE, ENOSPC, ENOSYS, EPERM } = constants.errno;

/** A call of the supervisor that fails, and what it ends the run with. */
interface Hindrance {
  readonly call: string;
  /** 0 does nothing and says that it did. */
  readonly errno: number;
  /** How often it does not fail first; 0 unless given. */
  readonly skip?: number;
  readonly reason: RegExp;
  readonly options?: readonly string[];
  /** What is run; TOY and GAPS stand for the programs, `may-not` is a file that the policy refuses. */
  readonly command?: readonly string[];
  /** Only root's supervisor makes the call. */
  readonly root?: true;
}

const OTHER_USER = { command: [...AS_NOBODY, 'TOY', 'may-not'], root: true } as const;
const HINDRANCES: readonly Hindrance[] = [
  // What the caller asks for.
  ...[EPERM, EACCES, ENOSYS, EIO, 0].map((errno) => ({
    call: 'process_vm_readv',
    errno,
    reason: /^cannot read the memory of toy/,
  })),
  { call: 'process_vm_readv', errno: EPERM, skip: 1, reason: /^cannot read the memory of toy/ },
  {
    call: 'process_vm_readv',
    errno: EPERM,
    options: ['--watch'],
    command: ['cat', '/dev/null'],
    reason: /^cannot read the memory of cat/,
  },
  {
    call: 'process_vm_readv',
    errno: EPERM,
    options: ['--sysctl-file'],
    command: ['cat', '/dev/null'],
    reason: /^cannot read the memory of cat/,
  },
  // Who the caller is, and where its paths begin.
  {
    call: 'openat:status',
    errno: EACCES,
    reason: /^cannot read the status of a caller .*\/proc does not tell/,
  },
  { call: 'openat:status', errno: EMFILE, reason: /^open of \/proc fails for the supervisor \(EMFILE\)/ },
  { call: 'openat:root', errno: EACCES, reason: /^cannot read the root folder of toy/ },
  { call: 'openat:cwd', errno: EACCES, reason: /^cannot read the folder to begin at of toy/ },
  { call: 'fstatat:user', errno: EACCES, reason: /^stat of \/proc\/self\/ns\/user fails/ },
  { call: 'fstatat:user', errno: EACCES, skip: 1, reason: /^cannot read the user namespace of toy/ },
  { call: 'idvalid', errno: EPERM, reason: /^ioctl SECCOMP_IOCTL_NOTIF_ID_VALID fails .*\(EPERM\)/ },
  { call: 'idvalid', errno: ENOSYS, reason: /^ioctl SECCOMP_IOCTL_NOTIF_ID_VALID fails .*\(ENOSYS\)/ },
  // Being the caller.
  { call: 'capget', errno: EPERM, reason: /^capget fails/ },
  { call: 'capset', errno: EPERM, reason: /^capset fails/, ...OTHER_USER },
  {
    call: 'setgroups',
    errno: EPERM,
    reason: /^setgroups fails/,
    command: ['setpriv', '--groups', '12345', 'TOY', 'may-not'],
    root: true,
  },
  { call: 'setfsuid', errno: EPERM, reason: /^setfsuid fails/, ...OTHER_USER },
  { call: 'setfsuid', errno: 0, reason: /^setfsuid fails/, ...OTHER_USER },
  { call: 'setfsgid', errno: EPERM, reason: /^setfsgid fails/, ...OTHER_USER },
  {
    call: 'setns',
    errno: EPERM,
    reason: /^cannot read the user namespace of toy/,
    command: ['unshare', '-Ur', 'TOY', 'may-not'],
  },
  // Finding and judging the file.
  ...[EPERM, ENOSYS, 0].map((errno) => ({ call: 'openat2', errno, reason: /^openat2 fails/ })),
  ...[EPERM, ENOSYS].map((errno) => ({ call: 'openat2', errno, skip: 1, reason: /^openat2 fails/ })),
  ...[EPERM, ENOSYS, EINVAL].map((errno) => ({ call: 'openat2', errno, skip: 2, reason: /^openat2 fails/ })),
  { call: 'openat2', errno: EMFILE, skip: 2, reason: /^open fails for the supervisor \(EMFILE\)/ },
  { call: 'fstat', errno: EPERM, reason: /^fstat fails/ },
  { call: 'fstat', errno: EPERM, command: ['TOY', 'link'], reason: /^fstat fails/ },
  { call: 'fstatfs', errno: EPERM, reason: /^fstatfs fails/ },
  { call: 'fstatfs', errno: EPERM, skip: 2, reason: /^fstatfs fails/ },
  { call: 'statx', errno: EPERM, reason: /^statx fails/ },
  { call: 'statx', errno: EPERM, skip: 1, command: ['TOY', '../x/may-not'], reason: /^statx fails/ },
  { call: 'faccessat2', errno: ENOSYS, reason: /^faccessat2 fails/ },
  ...[EPERM, ENOSYS].map((errno) => ({ call: 'faccessat2', errno, skip: 1, reason: /^faccessat2 fails/ })),
  { call: 'fork', errno: EAGAIN, reason: /^fork fails .*\(EAGAIN\)/ },
  { call: 'fork', errno: EAGAIN, skip: 1, reason: /^fork fails/ },
  {
    call: 'fork',
    errno: EAGAIN,
    skip: 2,
    options: ['--policy', '0'],
    command: ['GAPS', 'open', '/dev/null'],
    reason: /^fork fails/,
  },
  // Taking requests and answering them.
  { call: 'recv', errno: EPERM, reason: /^ioctl SECCOMP_IOCTL_NOTIF_RECV fails/ },
  { call: 'recv', errno: EPERM, skip: 1, reason: /^ioctl SECCOMP_IOCTL_NOTIF_RECV fails/ },
  { call: 'send', errno: EPERM, reason: /^ioctl SECCOMP_IOCTL_NOTIF_SEND fails/ },
  { call: 'send', errno: EPERM, skip: 1, reason: /^ioctl SECCOMP_IOCTL_NOTIF_SEND fails/ },
  { call: 'addfd', errno: EPERM, command: ['TOY', 'may'], reason: /^ioctl SECCOMP_IOCTL_NOTIF_ADDFD fails/ },
  // Keeping the processes.
  { call: 'signalfd', errno: EPERM, reason: /^signalfd fails/ },
  { call: 'subreaper', errno: EPERM, reason: /^prctl PR_SET_CHILD_SUBREAPER fails/ },
  { call: 'subreaper', errno: 0, reason: /^prctl PR_SET_CHILD_SUBREAPER fails .*it does nothing/ },
  { call: 'deathsig', errno: EPERM, reason: /^prctl PR_SET_PDEATHSIG fails/ },
  { call: 'deathsig', errno: EPERM, skip: 1, reason: /^prctl PR_SET_PDEATHSIG fails/ },
];

let folder = '';
let work = '';
let known: { readonly TOY: string; readonly GAPS: string };

beforeAll(async () => {
  if (!has(gcc)) return;
  folder = mkdtempSync(join(tmpdir(), 'mayexec-hinder-'));
  work = join(folder, 'x');
  spawnSync('mkdir', [work]);
  for (const [name, mode] of [
    ['may', 0o755],
    ['may-not', 0o644],
  ] as const) {
    writeFileSync(join(work, name), 'say it ran\n');
    chmodSync(join(work, name), mode);
  }
  symlinkSync('may-not', join(work, 'link'));
  for (const one of [folder, work]) chmodSync(one, 0o755);
  known = { TOY: (await toy()).patched, GAPS: await testProgram('gaps') };
});

beforeEach(() => {
  demand(gcc);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function hindered(
  one: Pick<Hindrance, 'call' | 'errno' | 'skip' | 'options' | 'command'>,
  as: (typeof USERS)[number][1],
): Promise<Watched> {
  const { supervisor } = await programs();
  const library = await testProgram('hinder', ['-shared', '-fPIC', '-ldl']);
  const command = (one.command ?? ['TOY', 'may-not']).map((word) =>
    word === 'TOY' || word === 'GAPS' ? known[word] : word,
  );
  const options = ['--policy', '3', '--records', '3', ...(one.options ?? [])];
  return watch([supervisor, ...options, '--', ...command], {
    cwd: work,
    as,
    env: { LD_PRELOAD: library, HINDER: `${one.call} ${one.errno} ${one.skip ?? 0}` },
  });
}

describe.each(USERS)('a supervisor of %s that is hindered ends the run, and says why:', (who, as) => {
  it('but not where the library hinders nothing', async () => {
    expect(await hindered({ call: 'nothing', errno: EPERM }, as)).toMatchObject({ status: 126, stdout: '' });
    const ran = await hindered({ call: 'nothing', errno: EPERM, command: ['TOY', 'may'] }, as);
    expect(ran).toMatchObject({ status: 0, stdout: 'it ran\n', last: { event: 'end' } });
  });

  it('nor on a kernel before 5.19, whose callers signals may interrupt', async () => {
    const old = { call: 'seccomp', errno: EINVAL };
    expect(await hindered({ ...old, command: ['GAPS', 'threads', 'may-not'] }, as)).toMatchObject({
      ...{ status: 0, stdout: '0 wrong\n', last: { event: 'end' } },
    });
    expect((await hindered(old, as)).status).toBe(126);
    expect((await hindered({ ...old, command: ['GAPS', 'few', 'may'] }, as)).stdout).toBe('EMFILE\n');
  });

  const own = HINDRANCES.filter(({ root }) => root !== true || (isRoot && who === 'root'));
  const needed = (one: Hindrance): Need[] => [
    ...(one.root === true ? [wholeRoot] : []),
    ...(one.call === 'setns' ? [namespaces] : []),
  ];
  it.each(own.map((one) => [one.call, one.errno, one.skip ?? 0, one] as const))(
    '%s, errno %i, after %i',
    async (_call, _errno, _skip, one) => {
      demand(...needed(one));
      const { status, stdout, last } = await hindered(one, as);
      expect(last.reason).toMatch(one.reason);
      expect({ status, stdout, event: last.event }).toEqual({ status: 125, stdout: '', event: 'dead' });
      expect(last.hint).toMatch(/./);
    },
  );

  it.each([
    ['records that cannot be written', { call: 'write', errno: ENOSPC, skip: 1 }],
    ['waiting that does not work', { call: 'poll', errno: EPERM }],
    ['waiting that does not work later', { call: 'poll', errno: EPERM, skip: 1 }],
  ])('%s, and nothing tells of that but the status', async (_what, one) => {
    const { status, stdout, last } = await hindered(one, as);
    expect({ status, stdout, event: last.event }).toEqual({ status: 125, stdout: '', event: undefined });
  });
});
