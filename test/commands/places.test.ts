import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { PROBLEMS } from '../../src/problems.ts';
import type { ProblemCode } from '../../src/problems.ts';
import { demand, gcc, namespaces, needs, reachable, root } from '../needs.ts';
import { testProgram } from '../prove/interpreter.ts';
import { cache, nobody, programs } from '../prove/place.ts';

const dist = join(packageFolder, 'dist');
const cli = join(dist, 'src/cli.js');
const { EPERM, ENOSYS, EINVAL } = constants.errno;

/** In ms: each test starts node a few times. */
const TIMEOUT = 60_000;

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let work = '';
let mount = '';

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'mayexec-places-'));
  chmodSync(work, 0o755);
  mount = join(work, 'mount');
  mkdirSync(mount);
});

afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

/** Runs a program with an environment of its own. */
function start(words: readonly string[], more: Readonly<Record<string, string>> = {}): Ended {
  const [program = '', ...args] = words;
  const env = { PATH: process.env['PATH'], HOME: work, NO_COLOR: '1', ...more };
  return spawnSync(program, args, { cwd: work, env, encoding: 'utf8', timeout: TIMEOUT });
}

/** The same, on a machine of its own where something is mounted at `mount` first. */
function inside(setup: string, words: readonly string[], more: Readonly<Record<string, string>> = {}): Ended {
  return start(['unshare', '-Urm', 'sh', '-ec', `${setup}; exec "$0" "$@"`, ...words], more);
}

const tmpfs = (options: string): string => `mount -t tmpfs -o ${options} none ${mount}`;
const kit = (...args: readonly string[]): readonly string[] => [process.execPath, cli, ...args];
const sandbox = (folder: string): readonly string[] => kit('sandbox', '--cache', folder, '--', 'true');
const prove = (folder: string, ...args: readonly string[]): readonly string[] =>
  kit('prove', 'bash', '--interpreter', '/bin/bash', '--only', 'script-absolute', '--cache', folder, ...args);
const building = (...args: readonly string[]): readonly string[] => [
  process.execPath,
  join(dist, 'test/commands/build.js'),
  ...args,
];

function expectProblem({ status, stderr }: Ended, code: ProblemCode, ...texts: readonly string[]): void {
  expect(stderr).not.toMatch(/internal error|EACCES|EROFS|ENOENT|gcc failed|configure failed/);
  for (const text of texts) expect(stderr).toContain(text);
  expect(status, stderr).toBe(PROBLEMS[code].exit);
}

const mounts = needs(gcc, namespaces);

describe('a cache is named with what is wrong with it', { timeout: TIMEOUT, ...mounts }, () => {
  const noexec = ['programs there cannot be run (its file system is mounted noexec)', '--cache DIR'];
  const readOnly = ['cannot be written (read-only file system)', '--cache (or MAYEXEC_CACHE)'];

  it('that is noexec, empty or with all in it', async () => {
    expectProblem(inside(tmpfs('noexec'), sandbox(mount)), 'noexec', `mayexec: ${mount}: `, ...noexec);
    expectProblem(inside(tmpfs('noexec'), prove(mount)), 'noexec', `mayexec: ${mount}: `, ...noexec);
    await programs();
    const full = `mount --bind ${cache} ${mount}; mount -o remount,bind,noexec ${mount}`;
    expectProblem(inside(full, sandbox(mount)), 'noexec', `mayexec: ${mount}: `, ...noexec);
    expectProblem(inside(full, prove(mount)), 'noexec', `mayexec: ${mount}: `, ...noexec);
  });

  it('that is read-only; where all is in it, it serves', async () => {
    expectProblem(inside(tmpfs('ro'), sandbox(mount)), 'read-only', `mayexec: ${mount}: `, ...readOnly);
    expectProblem(
      inside(tmpfs('ro'), prove(`${mount}/x`)),
      'read-only',
      `mayexec: ${mount}/x: `,
      ...readOnly,
    );
    const there = `${tmpfs('size=1m')}; mkdir ${mount}/beds; mount -o remount,ro none ${mount}`;
    expectProblem(inside(there, sandbox(mount)), 'read-only', `mayexec: ${mount}: `, ...readOnly);
    await programs();
    const full = `mount --bind ${cache} ${mount}; mount -o remount,bind,ro ${mount}`;
    const served = inside(full, sandbox(mount));
    expect(served.status, served.stderr).toBe(0);
  });

  it('that is full, or where the compiler keeps its own files', () => {
    const ended = inside(tmpfs('size=8k'), sandbox(mount));
    expectProblem(ended, 'disk-full', `mayexec: ${mount}/beds: no space left`, '--cache (or MAYEXEC_CACHE)');
    const fresh = join(work, 'fresh');
    const temporary = inside(tmpfs('size=8k'), sandbox(fresh), { TMPDIR: mount });
    expectProblem(temporary, 'disk-full', `mayexec: ${mount}: no space left`, 'TMPDIR');
    expect(readdirSync(join(fresh, 'beds'))).toEqual([]);
  });

  it('that interpreters are built in', () => {
    const said = (setup: string, ...more: readonly string[]): string =>
      inside(setup, building(mount, ...more), more.length > 0 ? { TMPDIR: mount } : {}).stderr.trim();
    expect(said(tmpfs('size=1m'))).toBe('built');
    expect(said(tmpfs('noexec'))).toContain(
      `noexec ${mount}: ${noexec.join('; choose another folder with ')}`,
    );
    expect(said(tmpfs('ro'))).toContain(`read-only ${mount}: `);
    expect(said(tmpfs('size=200k'))).toContain(`disk-full ${mount}/interpreters: no space left; `);
    const twice = (option: string): string =>
      `${tmpfs('size=1m')}; ${building(mount).join(' ')} 2>/dev/null; mount -o remount,${option} none ${mount}`;
    expect(said(twice('rw'))).toBe('found');
    expect(said(twice('ro'))).toBe('found');
    expect(said(twice('noexec'))).toContain(`noexec ${mount}: `);
  });

  it('that temporary files lie in, as copies of a build do', () => {
    const ended = inside(tmpfs('noexec'), building(join(work, 'builds'), 'copy'), { TMPDIR: mount });
    expect(ended.stderr).toContain(`noexec ${mount}: `);
    expect(ended.stderr).toContain('choose another folder with TMPDIR');
    expect(inside(tmpfs('size=1m'), building(join(work, 'builds'), 'copy'), { TMPDIR: mount }).stderr).toBe(
      'found\n',
    );
  });

  it('and so is an interpreter on a noexec mount', () => {
    const ended = inside(`${tmpfs('noexec')}; cp /bin/bash ${mount}/bash`, [
      ...kit('prove', 'bash', '--interpreter', `${mount}/bash`, '--cache', cache),
    ]);
    expectProblem(ended, 'bad-path', `${mount}/bash: cannot be run as a program (its file system is`);
  });
});

describe('a cache is named too', { timeout: TIMEOUT, ...needs(gcc) }, () => {
  it('that is a file, or below one', () => {
    expectProblem(start(sandbox('/etc/passwd')), 'read-only', 'mayexec: /etc/passwd: ', 'not a folder');
    // Node 24 names the file in the way, Node 20 the folder that is to be made.
    expectProblem(start(sandbox('/etc/passwd/x')), 'read-only', 'mayexec: /etc/passwd', 'not a folder');
  });

  it("that is somebody else's, that a user has no home for, or whose home is closed", () => {
    demand(root, reachable);
    const as = (uid: number, env: readonly string[], words: readonly string[]): Ended =>
      start(['setpriv', '--reuid', String(uid), '--clear-groups', 'env', '-u', 'HOME', ...env, ...words]);
    const plain = kit('sandbox', '--', 'true');
    expectProblem(as(nobody.uid, [], sandbox(join(work, 'x'))), 'read-only', work, 'permission denied');
    expectProblem(as(12_345, [], plain), 'no-cache', 'HOME is not set, and uid 12345', '--cache DIR');
    expectProblem(as(12_345, ['HOME='], plain), 'no-cache', 'MAYEXEC_CACHE');
    expectProblem(
      as(12_345, ['HOME=/'], plain),
      'read-only',
      '/.cache: cannot be written (permission denied)',
    );
    expectProblem(as(12_345, ['HOME=/nonexistent'], plain), 'read-only', '/nonexistent: cannot be written');
    expectProblem(as(12_345, [], kit('prove', 'bash@5.2.15')), 'no-cache', 'uid 12345');
  });
});

describe('prove without namespaces', { timeout: TIMEOUT, ...needs(gcc) }, () => {
  const denied = async (...words: readonly string[]): Promise<Ended> =>
    start([await testProgram('deny'), 'unshare', String(EPERM), ...words], { TMPDIR: work });

  it('runs in every bed what needs none, and names the rest once', async () => {
    const { status, stdout, stderr } = await denied(...prove(cache, '--stock', '/bin/bash', '--policy', '0'));
    expect(status, stderr).toBe(0);
    expect(stdout).toContain('script-absolute  plain       nobody  ran           ran');
    expect(stdout).toMatch(/^\d+ runs, 0 not as expected$/m);
    const lines = stderr.split('\n').filter((line) => line.includes('noexec mount'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /not run: [1-9]\d* runs of code on a noexec mount: they need namespaces \(.*\); .*unshare/,
    );
    expect(readdirSync(work).filter((name) => name.startsWith('mayexec-'))).toEqual([]);
  });

  it('runs as a user whom it can see into, where root lacks CAP_SYS_PTRACE as in a container', async () => {
    demand(root, reachable);
    const closed = mkdtempSync(join(work, 'cache-of-root-'));
    const capable = ['setpriv', '--bounding-set=-sys_ptrace,-sys_admin', '--inh-caps=-sys_ptrace,-sys_admin'];
    const args = ['bash', '--interpreter', '/bin/bash', '--only', 'dot', '--policy', '0', '--cache', closed];
    const ended = start(
      [...capable, await testProgram('deny'), 'unshare', String(EPERM), ...kit('prove', ...args)],
      { TMPDIR: work },
    );
    expect(ended.status, ended.stderr).toBe(0);
    expect(ended.stdout).toMatch(/supervisor 0 .*\n(.*\n)*dot .* ran/);
    expect(ended.stderr).toMatch(
      /not run: \d+ runs as root, or with files that root owns: they need root with CAP_SYS_PTRACE$/m,
    );
    expect(readdirSync(work).filter((name) => name.startsWith('mayexec-'))).toEqual([]);
  });

  it('is as red as ever where nothing is asked', async () => {
    const ended = await denied(...prove(cache, '--bed', 'supervisor', '--policy', '3'));
    expectProblem(ended, 'refused', '1 scenario(s) did not go as expected');
    expect(ended.stdout).toContain('script-absolute  plain       nobody  RAN ');
  });

  it('says that the folder of temporary files is noexec, or full', mounts, async () => {
    const deny = [await testProgram('deny'), 'unshare', String(EPERM)];
    await programs();
    const there = { TMPDIR: mount };
    const closed = inside(tmpfs('noexec'), [...deny, ...prove(cache)], there);
    expectProblem(closed, 'noexec', `mayexec: ${mount}: `, 'choose another folder with TMPDIR');
    const full = inside(tmpfs('size=4k'), [...deny, ...prove(cache)], there);
    expectProblem(full, 'disk-full', `mayexec: ${mount}: no space left`);
  });

  it('says that other users cannot enter the folder of temporary files', () => {
    demand(root, reachable);
    const closed = join(work, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    expectProblem(
      start(prove(cache), { TMPDIR: closed }),
      'bad-path',
      `${closed}: scenarios run as uid 65534`,
      'TMPDIR',
    );
  });

  it('has a problem of its own for a machine without any bed that refuses, with the reasons', async () => {
    const deny = await testProgram('deny');
    const without = [
      ...[deny, 'securebits', String(EINVAL), deny, 'seccomp', String(ENOSYS)],
      ...prove(cache, '--policy', '0'),
    ];
    expectProblem(
      start(without),
      'no-bed',
      'test bed supervisor is not available on this machine: the kernel gives no seccomp notifications here',
      'test bed securebits is not available on this machine: securebits 0x100, which Linux 6.14 brought',
      'docs/beds.md',
    );
  });
});
