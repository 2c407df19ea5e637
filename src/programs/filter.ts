import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { problem } from '../problems.ts';
import { track } from './run.ts';

/** A program that reads a file and whose output is read while it runs. */
export interface Filter {
  readonly output: Readable;
  /** How it ended; fails with `missing-tool` when it is not installed. Never rejects unobserved. */
  readonly ended: Promise<{ readonly status: number; readonly message: string }>;
  /** Ends it where its output is no longer wanted. */
  readonly stop: () => void;
}

/**
 * Starts a program on a file as its standard input, without a shell: for output that is too much to hold, or
 * that may have no end.
 *
 * @param file becomes standard input
 * @param needed told when the program is missing: what it is for, and the Debian package that has it
 * @throws what opening the file throws
 */
export function filter(
  program: string,
  args: readonly string[],
  file: string,
  needed: { readonly purpose: string; readonly package: string },
): Filter {
  const input = openSync(file, 'r');
  const child = spawn(program, args, {
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' },
    stdio: [input, 'pipe', 'pipe'],
  });
  closeSync(input);
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('pipes were asked for');
  const stop = (): void => {
    child.kill('SIGKILL');
  };
  const untrack = track(stop);
  let message = '';
  stderr.on('data', (chunk: Buffer) => {
    if (message.length < 2000) message += chunk.toString('latin1');
  });
  const ended = new Promise<{ status: number; message: string }>((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => {
      untrack();
      reject(
        error.code === 'ENOENT'
          ? problem('missing-tool', { tool: program, ...needed }, error)
          : problem(
              'tool-failed',
              { tool: program, status: error.code ?? 'error', message: error.message },
              error,
            ),
      );
    });
    child.on('close', (status) => {
      untrack();
      resolve({ status: status ?? -1, message: message.trim() });
    });
  });
  ended.catch(() => undefined);
  return { output: stdout, ended, stop };
}
