import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { demand, gcc } from '../needs.ts';
import { problemOf } from './bed.ts';
import { toy } from './interpreter.ts';
import { cache, programs } from './place.ts';
import { processesWith, programOf, soon } from './processes.ts';
import { sandboxCommand } from '../../src/commands/sandbox.ts';

const cli = join(packageFolder, 'dist', 'src', 'cli.js');
let work = '';

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'mayexec-sandbox-'));
  for (const [name, mode] of [
    ['may', 0o755],
    ['may-not', 0o644],
  ] as const) {
    writeFileSync(join(work, name), 'say it ran\nstatus 3\n');
    chmodSync(join(work, name), mode);
  }
});

afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

/** The command as a user runs it. */
function mayexec(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, 'sandbox', '--cache', cache, ...args],
    {
      cwd: work,
      encoding: 'utf8',
      input: 'from stdin\n',
    },
  );
  return { status, stdout, stderr };
}

describe('mayexec sandbox', () => {
  it('runs a command with its own files, input and status', async () => {
    const { patched } = await toy();
    expect(mayexec('--', patched, 'may')).toEqual({ status: 3, stdout: 'it ran\n', stderr: '' });
    expect(mayexec('--', 'cat')).toEqual({ status: 0, stdout: 'from stdin\n', stderr: '' });
    expect(mayexec('--', 'sh', '-c', 'kill -TERM $$').status).toBe(143);
  });

  it('refuses what the policy refuses, under policy 3 unless told otherwise', async () => {
    const { patched, stock } = await toy();
    const refused = { status: 126, stdout: '', stderr: 'toy: may-not: Permission denied\n' };
    expect(mayexec('--', patched, 'may-not')).toEqual(refused);
    expect(mayexec('--policy', '2', '--', patched, 'may-not')).toEqual(refused);
    expect(mayexec('--policy', '1', '--', patched, 'may-not').status).toBe(3);
    expect(mayexec('--policy', '0', '--', patched, 'may-not').status).toBe(3);
    expect(mayexec('--', stock, 'may-not').status).toBe(3);
  });

  it('records what was opened', async () => {
    const { patched } = await toy();
    const records = join(work, 'records');
    mayexec('--records', records, '--', patched, 'may-not');
    const lines = readFileSync(records, 'utf8').trimEnd().split('\n');
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { event: 'open', call: 'openat2', path: 'may-not', flag: true, outcome: 'refused', why: 'mode' },
      { event: 'end', status: 126, how: 'exit' },
    ]);
    mayexec('--records', records, '--watch', '--', patched, 'may');
    expect(readFileSync(records, 'utf8')).toContain('"call":"openat","path":"/etc/ld.so.cache","flag":false');
  });

  it('says what cannot be run', () => {
    demand(gcc);
    expect(mayexec('--', '/no/such/program')).toEqual({
      status: 127,
      stdout: '',
      stderr: 'supervisor: cannot run /no/such/program: No such file or directory\n',
    });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('ends all that it started on %s', async (signal) => {
    await programs();
    const seconds = `9000.${process.pid}${signal.length}`;
    const script = `setsid sleep ${seconds} & sleep ${seconds}`;
    const child = spawn(process.execPath, [cli, 'sandbox', '--cache', cache, '--', 'sh', '-c', script], {
      stdio: 'ignore',
    });
    expect(
      await soon(
        () => processesWith(seconds).filter((pid) => programOf(pid).endsWith('/sleep')).length === 2,
      ),
    ).toBe(true);
    child.kill(signal);
    expect(await soon(() => processesWith(seconds).length === 0)).toBe(true);
  });

  it('says that it is inside another one', async () => {
    const { supervisor } = await programs();
    const inner = [process.execPath, cli, 'sandbox', '--cache', cache, '--', 'true'];
    const { status, stderr } = spawnSync(supervisor, ['--policy', '3', '--', ...inner], { encoding: 'utf8' });
    expect(status).toBe(72);
    expect(stderr).toContain('cannot be started inside another seccomp supervisor (EBUSY)');
  });

  it('refuses arguments that mean nothing', async () => {
    for (const [args, message] of [
      [[], 'sandbox takes a command: mayexec sandbox -- bash script.sh'],
      [['--policy', '4', '--', 'true'], '--policy takes 0, 1, 2 or 3, not 4'],
      [['--polic', '3', '--', 'true'], "Unknown option '--polic'"],
    ] as const) {
      const found = await problemOf(() => sandboxCommand(['--cache', cache, ...args]));
      expect(found?.code).toBe('usage');
      expect(found?.message).toContain(message);
    }
  });

  it('says where the records cannot be written', async () => {
    demand(gcc);
    const file = join(work, 'no', 'such', 'folder');
    const found = await problemOf(() => sandboxCommand(['--cache', cache, '--records', file, '--', 'true']));
    expect(found?.code).toBe('read-only');
  });
});
