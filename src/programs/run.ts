import { spawn } from 'node:child_process';
import { problem } from '../problems.ts';

/** How a program ended. */
export interface Ended {
  /** Exit status, or -1 when a signal ended it. */
  readonly status: number;
  readonly signal: NodeJS.Signals | undefined;
  /** Output as bytes. */
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/** What a program is given. */
export interface RunOptions {
  readonly cwd?: string;
  /** Added to a fixed environment: PATH, HOME and TMPDIR of the caller, LC_ALL=C.UTF-8, TZ=UTC. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: Buffer | string;
  /** Told of standard output as it comes (latin1). */
  readonly heard?: (text: string) => void;
  /** In ms; 120,000 unless given. */
  readonly timeout?: number;
  /** Told when the program is missing: what it is for, and the Debian package that has it. */
  readonly purpose: string;
  readonly package: string;
}

/**
 * Runs a program without a shell, in its own process group, with a time limit and a fixed locale, and
 * waits for its end. Any exit status is an answer, not an error.
 *
 * @throws Problem `missing-tool` when it is not installed, `tool-timeout` when the limit is reached
 */
export function run(program: string, args: readonly string[], options: RunOptions): Promise<Ended> {
  const timeout = options.timeout ?? 120_000;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        TMPDIR: process.env['TMPDIR'],
        LC_ALL: 'C.UTF-8',
        TZ: 'UTC',
        ...options.env,
      },
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      detached: true,
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let late = false;
    const killGroup = (): void => {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // The group is gone already.
      }
    };
    const timer = setTimeout(() => {
      late = true;
      killGroup();
    }, timeout);
    const running = { kill: killGroup };
    children.add(running);
    child.stdout?.on('data', (chunk: Buffer) => {
      out.push(chunk);
      options.heard?.(chunk.toString('latin1'));
    });
    child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
    if (options.input !== undefined && child.stdin) {
      // A program that ends before it has read all its input is judged by its status.
      child.stdin.on('error', () => undefined);
      child.stdin.end(options.input);
    }
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      children.delete(running);
      if (error.code === 'ENOENT') {
        reject(
          problem(
            'missing-tool',
            { tool: program, purpose: options.purpose, package: options.package },
            error,
          ),
        );
      } else {
        reject(
          problem(
            'tool-failed',
            { tool: program, status: error.code ?? 'error', message: error.message },
            error,
          ),
        );
      }
    });
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      children.delete(running);
      if (late) {
        reject(problem('tool-timeout', { tool: program, ms: timeout }));
        return;
      }
      resolve({
        status: status ?? -1,
        signal: signal ?? undefined,
        stdout: Buffer.concat(out),
        stderr: Buffer.concat(err),
      });
    });
  });
}

const children = new Set<{ kill: () => void }>();

/**
 * Has {@link killAll} end a program that was started elsewhere.
 *
 * @param kill ends it; must hold when it has ended already
 * @returns to be called when it has ended
 */
export function track(kill: () => void): () => void {
  const child = { kill };
  children.add(child);
  return () => {
    children.delete(child);
  };
}

/** Ends every program that is still running, with its children: for an interruption. */
export function killAll(): void {
  for (const child of children) child.kill();
}
