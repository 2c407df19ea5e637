import { createHash } from 'node:crypto';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { onInterrupt, throwIfInterrupted } from '../programs/cleanup.ts';
import type { Tarball } from '../target/contract.ts';
import type { Attempt } from './attempt.ts';
import { diskProblem } from './disk.ts';
import type { Progress } from './progress.ts';

/** Limits of a download. */
export interface Limits {
  /** How long nothing may come, in ms. */
  readonly silence: number;
  /** In bytes. */
  readonly size: number;
}

/** The largest known tarball, CPython's, has 26 MB. */
export const LIMITS: Limits = { silence: 30_000, size: 256 * 2 ** 20 };

/**
 * Gets a tarball from upstream's own addresses, in their order, until one gives the pinned bytes.
 *
 * @param into the file to make
 * @returns what was tried in vain, and whether the file was made in the end
 * @throws Problem `disk-full`, `read-only`, `interrupted`
 */
export async function fromUpstream(
  tarball: Tarball,
  into: string,
  progress: Progress,
  limits: Limits = LIMITS,
): Promise<{ got: boolean; attempts: readonly Attempt[] }> {
  const attempts: Attempt[] = [];
  for (const url of tarball.urls) {
    progress.step(`downloading ${url}`);
    const failed = await download(url, tarball.sha256, into, progress, limits);
    if (failed === undefined) return { got: true, attempts };
    rmSync(into, { force: true });
    attempts.push({ way: url, ...failed });
  }
  return { got: false, attempts };
}

async function download(
  url: string,
  sha256: string,
  into: string,
  progress: Progress,
  limits: Limits,
): Promise<Omit<Attempt, 'way'> | undefined> {
  const abort = new AbortController();
  const forget = onInterrupt(() => {
    abort.abort();
  });
  const silent = setTimeout(() => {
    abort.abort();
  }, limits.silence);
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok || response.body === null) {
      return {
        message: `the server says ${String(response.status)} ${response.statusText}`.trim(),
        kind: 'other',
      };
    }
    const length = Number(response.headers.get('content-length') ?? '0');
    const tooLong = { message: `more than ${String(limits.size)} bytes`, kind: 'other' } as const;
    if (length > limits.size) return tooLong;
    const actual = await save(response.body, into, limits.size, (done) => {
      silent.refresh();
      progress.bytes(done, length > 0 ? length : undefined);
    });
    if (actual === undefined) return tooLong;
    return actual === sha256
      ? undefined
      : { message: `expected sha256 ${sha256}, found ${actual}`, kind: 'other' };
  } catch (error) {
    throwIfInterrupted();
    return networkFailure(error, into, abort.signal.aborted ? limits.silence : undefined);
  } finally {
    clearTimeout(silent);
    forget();
    abort.abort();
  }
}

/** The sum of what was saved, or undefined when it is too much. */
async function save(
  body: ReadableStream<Uint8Array>,
  into: string,
  most: number,
  tell: (done: number) => void,
): Promise<string | undefined> {
  const hash = createHash('sha256');
  const descriptor = openSync(into, 'w');
  try {
    let done = 0;
    for await (const chunk of body) {
      throwIfInterrupted();
      hash.update(chunk);
      for (let written = 0; written < chunk.length;) written += writeSync(descriptor, chunk, written);
      done += chunk.length;
      if (done > most) return undefined;
      tell(done);
    }
  } finally {
    closeSync(descriptor);
  }
  return hash.digest('hex');
}

/** fetch() tells what happened in the cause of its error; what the disk says is thrown on. */
function networkFailure(error: unknown, into: string, silence: number | undefined): Omit<Attempt, 'way'> {
  if (silence !== undefined)
    return { message: `the server sent nothing for ${String(silence)} ms`, kind: 'network' };
  const said = diskProblem(error, into);
  if (said !== error) throw said;
  // A TypeError is fetch()'s own; anything else is none of the network's.
  if (!(error instanceof TypeError)) throw error;
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = (cause as NodeJS.ErrnoException).code;
  return { message: cause.message === '' ? (code ?? error.message) : cause.message, kind: 'network' };
}
