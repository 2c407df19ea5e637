import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { problem } from '../problems.ts';
import { bedDead, bedUnavailable } from './dead.ts';
import { readRecords } from './records.ts';
import type { Policy } from './bed.ts';

const OPEN = '{"event":"open"';

/** What a command is run with, on the caller's own files, terminal and environment. */
export interface Sandbox {
  readonly argv: readonly [string, ...string[]];
  readonly policy: Policy;
  /** Records opens by open and openat too. */
  readonly watch: boolean;
  /** Given each line of the records, with its newline; when it throws, the run ends. */
  readonly record: (line: string) => void;
}

/**
 * Runs a command under the supervisor as `env` or `timeout` would run it: it has the caller's terminal, and Ctrl-C
 * is its own. When this process is killed, the supervisor ends the command and all it started.
 *
 * @param supervisor path of the compiled program
 * @returns the command's exit status, 128 + N after signal N
 * @throws Problem `bed-missing`, `bed-nested` or `bed-dead`: the status then means nothing; what `record` throws
 */
export function sandbox(supervisor: string, { argv, policy, watch, record }: Sandbox): Promise<number> {
  const bed = 'supervisor';
  const args = ['--policy', String(policy), '--records', '3', ...(watch ? ['--watch'] : []), '--', ...argv];
  return new Promise((resolve, reject) => {
    const child = spawn(supervisor, args, { stdio: ['inherit', 'inherit', 'inherit', 'pipe'] });
    let kept = '';
    let lost: { readonly error: unknown } | undefined;
    const records = lines(child.stdio[3] as Readable, (line) => {
      if (!line.startsWith(OPEN)) kept += line;
      if (lost !== undefined) return;
      try {
        record(line);
      } catch (error) {
        // Records with a gap are none: the command ends, and all that it has started.
        lost = { error };
        child.kill('SIGTERM');
      }
    });
    child.on('error', (error) => {
      reject(problem('bed-missing', { bed, reason: error.message }, error));
    });
    child.on('close', (status, signal) => {
      records();
      const { end, unavailable, dead, todo } = readRecords(kept, String(policy));
      if (lost !== undefined)
        reject(lost.error instanceof Error ? lost.error : new Error(String(lost.error)));
      else if (unavailable) reject(bedUnavailable(bed, unavailable));
      else if (dead === undefined && end?.status === status) resolve(end.status);
      else {
        const how = signal === null ? `it ended with status ${String(status)}` : `it was ended by ${signal}`;
        reject(bedDead(bed, dead ?? how, todo));
      }
    });
  });
}

/** Hands out whole lines; the function that is returned hands out what is left. */
function lines(stream: Readable, each: (line: string) => void): () => void {
  let rest = '';
  stream.setEncoding('latin1');
  stream.on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) each(`${part}\n`);
  });
  return () => {
    if (rest !== '') each(rest);
  };
}
