import { lstatSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { getSystemErrorMap } from 'node:util';
import { problem, Problem } from '../problems.ts';

/** What the system says in fewer words than a user wants. */
const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'not a folder',
  EACCES: 'not readable (permission denied)',
};

/**
 * What the user is told of an error that came up while something was read.
 *
 * @param path what was read
 * @returns Problem `symlink-loop` or `bad-path` for any error of the system, else the error itself
 */
export function readProblem(error: unknown, path: string): unknown {
  if (error instanceof Problem || !(error instanceof Error)) return error;
  const { code, errno, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return error;
  if (code === 'ELOOP') return problem('symlink-loop', { path }, error);
  const said = getSystemErrorMap().get(errno ?? 0)?.[1];
  return problem('bad-path', { path, message: WORDS[code] ?? said ?? error.message }, error);
}

/**
 * Reads something from the disk, and says what went wrong in the user's words.
 *
 * @throws Problem `bad-path`, `symlink-loop`
 */
export function reading<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw readProblem(error, path);
  }
}

/**
 * What a path leads to.
 *
 * @returns undefined where there is nothing, or a link to nothing
 * @throws Problem `bad-path` where that cannot be told, as below a folder that may not be entered; `symlink-loop`
 */
export function statOf(path: string): Stats | undefined {
  return reading(path, () => orNothing(() => statSync(path)));
}

/**
 * What is at a path, even a link that leads nowhere or round in a circle.
 *
 * @returns undefined where there is nothing
 * @throws Problem `bad-path` where that cannot be told
 */
export function lstatOf(path: string): Stats | undefined {
  return reading(path, () => orNothing(() => lstatSync(path)));
}

/** Node's `throwIfNoEntry: false` throws where a part of the path is a file. */
function orNothing(action: () => Stats): Stats | undefined {
  try {
    return action();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
