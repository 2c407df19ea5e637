import { mkdirSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { problem, Problem } from '../problems.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** What makes a place one that cannot be written, in words. */
const CLOSED: Readonly<Record<string, string>> = {
  EROFS: 'read-only file system',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  ENOTDIR: 'a part of the path is not a folder',
  ENAMETOOLONG: 'the name is too long',
};

/**
 * What the user is told of an error that came up while writing.
 *
 * @param path where it was written to
 * @returns Problem `disk-full`, `read-only` or `symlink-loop` where the disk is to blame, else the error itself
 */
export function diskProblem(error: unknown, path: string): unknown {
  if (error instanceof Problem || !(error instanceof Error)) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (FULL.has(code)) return problem('disk-full', { path }, error);
  if (code === 'ELOOP') return problem('symlink-loop', { path }, error);
  const message = CLOSED[code];
  return message === undefined ? error : problem('read-only', { path, message }, error);
}

/**
 * Makes a folder and those above it, where they are missing. Node's own `recursive` answers ENOENT on a
 * read-only disk, and so hides what is wrong.
 *
 * @throws Problem `disk-full`, `read-only`
 */
export function makeFolder(path: string): void {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
    if (dirname(path) !== path) makeFolder(dirname(path));
    mkdirSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // Another process may have been first.
    if (code === 'EEXIST' && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return;
    if (code === 'EEXIST') throw problem('read-only', { path, message: 'not a folder' }, error);
    // The folder above is there by now: it takes none, as that of /proc.
    if (code === 'ENOENT')
      throw problem('read-only', { path, message: 'cannot create a folder there' }, error);
    throw diskProblem(error, path);
  }
}

/**
 * Makes a folder with a unique name in that of temporary files. The caller removes it.
 *
 * @throws Problem `disk-full`, `read-only`
 */
export function makeTemporary(prefix: string): string {
  const folder = resolve(tmpdir());
  makeFolder(folder);
  try {
    return mkdtempSync(join(folder, prefix));
  } catch (error) {
    throw diskProblem(error, folder);
  }
}
