import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { problem } from '../problems.ts';
import { readProblem } from './reading.ts';

/**
 * The sha256 of a file, lower case hexadecimal.
 *
 * @throws Problem `bad-path` when it is missing, a folder, or not readable
 */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }))
      hash.update(chunk as Buffer);
  } catch (error) {
    const known: Readonly<Record<string, string>> = {
      ENOENT: 'does not exist',
      ENOTDIR: 'does not exist',
      EISDIR: 'a folder, not a tarball',
      EACCES: 'not readable (permission denied)',
      ELOOP: 'a loop of symbolic links',
    };
    const message = known[(error as NodeJS.ErrnoException).code ?? ''];
    throw message === undefined
      ? readProblem(error, file)
      : problem('bad-path', { path: file, message }, error);
  }
  return hash.digest('hex');
}

/**
 * Holds a file against the sum that a release pins.
 *
 * @param release the release's name, for the message
 * @throws Problem `wrong-sum`; `bad-path` when the file cannot be read
 */
export async function checkSum(file: string, expected: string, release: string): Promise<void> {
  const actual = await sha256Of(file);
  if (actual !== expected) throw problem('wrong-sum', { file: basename(file), actual, expected, release });
}
