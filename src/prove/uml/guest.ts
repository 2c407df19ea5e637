import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { onInterrupt } from '../../programs/cleanup.ts';
import { track } from '../../programs/run.ts';
import type { Outcome } from '../bed.ts';
import { bedDead } from '../dead.ts';
import { makeGuestFolder, MEMORY } from './folder.ts';
import { jobText, readAnswer } from './job-text.ts';
import type { Answer, GuestJob } from './job-text.ts';

/** In ms: a guest boots in a fifth of a second, on a busy machine in a few. */
const BOOT_TIME = 60_000;

/** In ms: what the guest may take beyond a job's own limit. */
const GRACE = 15_000;

/** In characters: the end of what the kernel said is told where it dies. */
const CONSOLE = 1500;

/** What a kernel says before it ends by a fault of its own. */
const PANIC = 'Kernel panic - not syncing';

/** The programs of a guest. */
export interface GuestPrograms {
  /** The bed's name. */
  readonly bed: string;
  /** The kernel, a program of User Mode Linux. */
  readonly kernel: string;
  /** The compiled pid1.c. */
  readonly pid1: string;
}

/** How a job of a guest's ended. */
export type GuestEnd = Pick<Outcome, 'ended' | 'status' | 'stdout' | 'stderr'>;

/** A guest that has given no answer in time, or whose kernel has panicked. What it was asked may be asked of another one. */
export class GuestLost extends Error {
  override readonly name = 'GuestLost';
}

/** A booted kernel, which runs one job after the other. */
export interface Guest {
  /**
   * Runs a job. A guest that fails once is of no use any more.
   *
   * @throws GuestLost; Problem `bed-dead`
   */
  run(job: GuestJob): Promise<GuestEnd>;
  /** Ends it, whatever it does. Returns when its processes are gone. */
  stop(): Promise<void>;
}

/**
 * Boots a guest. It ends by itself when this process dies.
 *
 * @throws GuestLost where it does not come up; Problem `bed-dead`, and what {@link makeGuestFolder} does
 */
export async function boot(programs: GuestPrograms): Promise<Guest> {
  const { bed } = programs;
  const folder = makeGuestFolder(bed);
  const machine = start(programs, folder);
  const guest = guestOf(bed, folder, machine);
  try {
    const answer = await machine.answer(BOOT_TIME);
    if (answer.kind !== 'ready') throw bedDead(bed, 'the guest answers what it was not asked');
    return guest;
  } catch (error) {
    await guest.stop();
    throw error;
  }
}

function guestOf(bed: string, folder: string, machine: Machine): Guest {
  let count = 0;
  const file = (ending: string): string => join(folder, `${count}.${ending}`);
  return {
    async run(job) {
      count += 1;
      writeFileSync(file('job'), jobText(job));
      writeFileSync(file('fixtures'), job.fixtures);
      if (job.input !== undefined) writeFileSync(file('input'), job.input);
      machine.say(`run ${count}\n`);
      const answer = await machine.answer(job.timeout + GRACE);
      if (answer.kind === 'ready' || answer.number !== count)
        throw bedDead(bed, 'the guest answers what it was not asked');
      if (answer.kind === 'failed') throw bedDead(bed, answer.reason);
      if (answer.policy !== job.policy)
        throw bedDead(bed, `policy ${answer.policy} was in force, not ${job.policy}`);
      const [stdout, stderr] = [readFileSync(file('out')), readFileSync(file('err'))];
      if (stdout.length !== answer.stdout || stderr.length !== answer.stderr)
        throw bedDead(bed, 'some of what the job printed is lost');
      for (const ending of ['job', 'fixtures', 'input', 'out', 'err']) rmSync(file(ending), { force: true });
      return { ended: answer.ended, status: answer.status, stdout, stderr };
    },
    async stop() {
      machine.kill();
      await machine.gone;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The guest as a process of the host. */
interface Machine {
  say(text: string): void;
  /**
   * The next answer.
   *
   * @param timeout in ms
   * @throws GuestLost; Problem `bed-dead`
   */
  answer(timeout: number): Promise<Answer>;
  kill(): void;
  /** Settled when it has ended. */
  readonly gone: Promise<void>;
}

function start({ bed, kernel, pid1 }: GuestPrograms, folder: string): Machine {
  // What the kernel is to run must have a path without white space, which the cache's may have.
  const first = join(folder, 'pid1');
  copyFileSync(pid1, first);
  const child = spawn(kernel, commandLine(folder, first), {
    // Its folder is used for what it keeps of its own as well.
    env: { TMPDIR: folder, HOME: folder, PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,
  });
  return machineOf(bed, child, folder);
}

function commandLine(folder: string, pid1: string): readonly string[] {
  return [
    ...[`mem=${MEMORY}M`, 'root=/dev/root', 'rootfstype=hostfs', 'rootflags=/', 'ro', `init=${pid1}`],
    ...['con=null', 'con0=null,fd:1', 'ssl=null', 'ssl0=fd:3', 'quiet', 'panic=-1'],
    ...[`uml_dir=${folder}/`, 'umid=guest', `exchange=${folder}`],
  ];
}

function machineOf(bed: string, child: ChildProcess, folder: string): Machine {
  const port = child.stdio[3] as Duplex;
  let console = '';
  let rest = '';
  let ended: Error | undefined;
  let waiting:
    { readonly resolve: (answer: Answer) => void; readonly reject: (error: Error) => void } | undefined;
  const heard: Answer[] = [];
  const fail = (error: Error): void => {
    ended ??= error;
    waiting?.reject(error);
  };
  const kill = (): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
  };
  const untrack = track(kill);
  const forget = onInterrupt(() => {
    kill();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const gone = new Promise<void>((resolve) => {
    child.on('error', (error) => {
      fail(bedDead(bed, `the kernel cannot be started: ${error.message}`));
      resolve();
    });
    child.on('close', (status, signal) => {
      untrack();
      forget();
      const how = signal === null ? `with status ${String(status)}` : `by ${signal}`;
      const said = console.replaceAll('\r', '').trim().slice(-CONSOLE);
      const text = `the guest has ended, ${how}${said === '' ? '' : `; it said: ${said}`}`;
      // User Mode Linux may have a fault where a process is killed while it forks: copy_process, exit_mmap (seen with 6.12.117).
      fail(said.includes(PANIC) ? new GuestLost(text) : bedDead(bed, text));
      resolve();
    });
  });
  const keep = (text: Buffer): void => {
    console = `${console}${text.toString('latin1')}`.slice(-2 * CONSOLE);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  port.on('error', () => undefined);
  port.on('data', (bytes: Buffer) => {
    const lines = `${rest}${bytes.toString('latin1')}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const answer = readAnswer(line);
      if (answer === undefined) fail(bedDead(bed, `the guest says ${JSON.stringify(line)}`));
      else if (waiting === undefined) heard.push(answer);
      else waiting.resolve(answer);
    }
  });
  return {
    gone,
    kill,
    say: (text) => void port.write(text),
    async answer(timeout) {
      const first = heard.shift();
      if (first !== undefined) return first;
      if (ended !== undefined) throw ended;
      let timer: NodeJS.Timeout | undefined;
      try {
        return await new Promise<Answer>((resolve, reject) => {
          waiting = { resolve, reject };
          timer = setTimeout(() => {
            fail(new GuestLost('the guest hangs'));
          }, timeout);
        });
      } finally {
        clearTimeout(timer);
        waiting = undefined;
      }
    },
  };
}
