import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { demand, needs, tool, wholeBeds } from '../needs.ts';
import { inBed, problemOf, sh } from './bed.ts';
import { programs } from './place.ts';
import { childrenOf, processesWith, programOf, soon } from './processes.ts';

/** A number that nobody else sleeps for, so that the processes can be found by it. */
let last = 0;
const unique = (): string => `8000.${process.pid}${(last += 1)}`;

/** Starts a job that forks away and sleeps, does something to it, and tells how the run ended. */
async function disturbed(
  disturb: (keeper: number, supervisor: number) => void,
): Promise<{ message: string | undefined; left: boolean }> {
  const seconds = unique();
  let message: string | undefined;
  await inBed('supervisor', async (bed) => {
    const { supervisor } = await programs();
    const running = problemOf(() => sh(bed, `setsid sleep ${seconds} & sleep ${seconds}`));
    const keepers = (): readonly number[] =>
      processesWith(seconds).filter((pid) =>
        childrenOf(pid).some((child) => programOf(child) === supervisor),
      );
    expect(
      await soon(() => processesWith(seconds).filter((pid) => programOf(pid) !== supervisor).length >= 3),
    ).toBe(true);
    const [keeper = 0] = keepers();
    const child = childrenOf(keeper).find((pid) => programOf(pid) === supervisor) ?? 0;
    expect([keeper, child].every((pid) => pid > 1)).toBe(true);
    disturb(keeper, child);
    message = (await running)?.message;
  });
  return { message, left: !(await soon(() => processesWith(seconds).length === 0)) };
}

describe('a run fails, and nothing of it is left,', needs(wholeBeds), () => {
  it('when the supervisor is killed', async () => {
    expect(await disturbed((_keeper, supervisor) => process.kill(supervisor, 'SIGKILL'))).toEqual({
      message: 'test bed supervisor failed: the supervisor was killed',
      left: false,
    });
  });

  it('when the supervisor is stopped', async () => {
    expect(await disturbed((_keeper, supervisor) => process.kill(supervisor, 'SIGSTOP'))).toEqual({
      message: 'test bed supervisor failed: the supervisor was stopped',
      left: false,
    });
  });

  it('when the keeper is killed', async () => {
    expect(await disturbed((keeper) => process.kill(keeper, 'SIGKILL'))).toEqual({
      message: expect.stringMatching(/failed: SIGKILL ended the keeper$/) as string,
      left: false,
    });
  });

  it('when the run is ended from outside', async () => {
    expect(await disturbed((keeper) => process.kill(keeper, 'SIGTERM'))).toEqual({
      message: 'test bed supervisor failed: it was stopped',
      left: false,
    });
  });

  it('when the supervisor hangs: its keeper has a clock of its own', async () => {
    const { supervisor } = await programs();
    const seconds = unique();
    // It hangs since nobody reads the records, which the command makes faster than a pipe can hold.
    const flood = `setsid sleep ${seconds} & while :; do : </dev/null; done`;
    const args = ['--policy', '3', '--records', '3', '--watch', '--timeout', '300', '--', 'sh', '-c', flood];
    const child = spawn(supervisor, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
    expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(125);
    child.stdio[3]?.destroy();
    // What is started while the tree is being ended may say that it cannot open anything (ENOSYS).
    expect(said).toMatch(/^supervisor: the supervisor hangs\n/);
    expect(processesWith(seconds)).toEqual([]);
  });
});

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
  '%s to whoever started it',
  needs(wholeBeds),
  (signal) => {
    it('leaves no process and no folder', async () => {
      const { supervisor, stage } = await programs();
      const seconds = unique();
      const work = mkdtempSync(join(tmpdir(), 'mayexec-death-'));
      mkdirSync(join(work, 'work'));
      const inner = ['--work', join(work, 'work'), '--fixtures', '/dev/null', '--', 'sh', '-c'];
      const words = [supervisor, '--policy', '3', '--remove', join(work, 'work'), '--', stage, ...inner];
      // The shell is what is interrupted, and waits as Node does.
      const shell = spawn(
        '/bin/sh',
        ['-c', '"$@"; true', 'sh', ...words, `setsid sleep ${seconds} & sleep ${seconds}`],
        {
          detached: true,
          stdio: 'ignore',
        },
      );
      expect(await soon(() => processesWith(seconds).length >= 5)).toBe(true);
      const { pid = 0 } = shell;
      // A terminal's Ctrl-C goes to the group, a kill to one.
      process.kill(signal === 'SIGINT' ? -pid : pid, signal);
      expect(await soon(() => processesWith(seconds).length === 0)).toBe(true);
      expect(await soon(() => !existsSync(join(work, 'work')))).toBe(true);
      rmSync(work, { recursive: true });
    });
  },
);

describe('on a terminal', () => {
  it("Ctrl-C is the command's, and its status is kept", async () => {
    demand(tool('script', 'bsdutils'));
    const { supervisor } = await programs();
    const script = `trap 'echo got it; exit 9' INT; echo ready; sleep 100 & wait`;
    const child = spawn('script', ['-qec', `${supervisor} --policy 3 -- sh -c "${script}"`, '/dev/null'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    let said = '';
    let pressed = false;
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      if (!pressed && said.includes('ready')) pressed = child.stdin.write('\x03');
    });
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect(said.replaceAll('\r', '')).toContain('got it\n');
    expect(status).toBe(9);
  });

  it('Ctrl-Z does nothing, since nobody is there to wake the command again', async () => {
    demand(tool('script', 'bsdutils'));
    const { supervisor } = await programs();
    const child = spawn('script', ['-qec', `${supervisor} --policy 3 -- cat`, '/dev/null'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    let said = '';
    let step = 0;
    child.stdin.write('one\n');
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      // The terminal echoes what is typed, cat repeats it.
      if (step === 0 && said.split('one').length > 2) {
        step = 1;
        child.stdin.write('\x1atwo\n');
      } else if (step === 1 && said.split('two').length > 2) {
        step = 2;
        child.stdin.write('\x04');
      }
    });
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
    expect(step).toBe(2);
  });
});
