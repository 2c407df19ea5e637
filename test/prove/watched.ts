import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { isRoot, nobody } from './place.ts';

/** A run of the supervisor by itself. */
export interface Watched {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The first of its records that says why it failed, or the last one. */
  readonly last: { readonly event?: string; readonly reason?: string; readonly hint?: string };
}

/** Users that a supervisor is tried as: both where the tests are run by root, else whoever runs them. */
export const USERS: readonly (readonly [string, typeof nobody | undefined])[] = isRoot
  ? [
      ['root', undefined],
      ['an ordinary user', nobody],
    ]
  : [['an ordinary user', undefined]];

/** Words that make another user of root; none where an ordinary user runs the tests. */
export const AS_NOBODY: readonly string[] = isRoot
  ? ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups']
  : [];

/**
 * Runs words, with descriptor 3 for the records of a supervisor among them. One that hangs is ended after 20 s, and
 * has no status then.
 */
export function watch(
  words: readonly string[],
  { cwd, as, env }: { cwd: string; as?: typeof nobody | undefined; env?: Record<string, string> },
): Promise<Watched> {
  const [program = '', ...args] = words;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      timeout: 20_000,
      killSignal: 'SIGKILL',
      env: { PATH: process.env['PATH'], ASAN_OPTIONS: 'detect_leaks=0', ...env },
      ...as,
    });
    const said = [child.stdout, child.stderr, child.stdio[3] as Readable].map((stream) => {
      const text = { text: '' };
      stream?.on('data', (part: Buffer) => (text.text += part.toString('latin1')));
      return text;
    });
    child.on('error', reject);
    child.on('close', (status) => {
      const [stdout = '', stderr = '', records = ''] = said.map(({ text }) => text);
      const lines = records.trimEnd().split('\n');
      const last = lines.find((line) => line.startsWith('{"event":"dead"')) ?? lines.pop();
      resolve({
        status,
        stdout,
        stderr,
        last: JSON.parse(last === undefined || last === '' ? '{}' : last) as Watched['last'],
      });
    });
  });
}
