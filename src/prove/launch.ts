import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { track } from '../programs/run.ts';

/** What the supervisor is started with. */
export interface Launch {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input: Buffer | string | undefined;
  /** Given on descriptor 4. */
  readonly fixtures: string;
  /** Bytes of each stream. */
  readonly most: number;
  /** In ms: the supervisor's own limit comes earlier. */
  readonly timeout: number;
  /** Who runs the supervisor; whoever runs this unless given. */
  readonly as?: { readonly uid: number; readonly gid: number } | undefined;
}

/** What it left behind. */
export interface Launched {
  readonly status: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** What was written to descriptor 3. */
  readonly records: string;
  readonly flooded: boolean;
  readonly late: boolean;
}

/**
 * Starts the supervisor, gives it its input and takes its output. When there is too much of that, the run is
 * ended. The supervisor ends by itself, with all it started, when this process dies.
 *
 * @throws what starting it throws, an Error of Node
 */
export function launch(what: Launch): Promise<Launched> {
  return new Promise((resolve, reject) => {
    const child = spawn(what.program, what.args, {
      env: what.env,
      stdio: [what.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
      detached: true,
      ...what.as,
    });
    let flooded = false;
    let late = false;
    // SIGTERM has the supervisor end the tree in good order; SIGKILL to its keeper too, but nobody tells how.
    const stop = (): void => void child.kill('SIGTERM');
    const untrack = track(() => void child.kill('SIGKILL'));
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, what.timeout);
    const full = (): void => {
      flooded = true;
      stop();
    };
    const [, out, err, records, fixtures] = child.stdio;
    const stdout = collect(out, what.most, full);
    const stderr = collect(err, what.most, full);
    const recorded = collect(records as Readable, 64 * what.most, full);
    give(fixtures as Writable, what.fixtures);
    if (what.input !== undefined && child.stdin) give(child.stdin, what.input);
    child.on('error', (error) => {
      clearTimeout(timer);
      untrack();
      reject(error);
    });
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      untrack();
      resolve({
        status: status ?? undefined,
        signal: signal ?? undefined,
        stdout: stdout(),
        stderr: stderr(),
        records: recorded().toString('latin1'),
        flooded,
        late,
      });
    });
  });
}

/** A program that ends before it has read all its input is judged by its status. */
function give(stream: Writable, text: Buffer | string): void {
  stream.on('error', () => undefined);
  stream.end(text);
}

function collect(stream: Readable | null, most: number, full: () => void): () => Buffer {
  const chunks: Buffer[] = [];
  let length = 0;
  stream?.on('data', (chunk: Buffer) => {
    if (length >= most) return;
    chunks.push(chunk.subarray(0, most - length));
    length += chunk.length;
    if (length >= most) full();
  });
  return () => Buffer.concat(chunks);
}
