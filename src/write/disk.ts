import { problem, Problem } from '../problems.js';

/** Does something to the disk, and says what went wrong in the user's words. */
export function onDisk<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof Problem || !(error instanceof Error)) throw error;
    const code = 'code' in error ? error.code : undefined;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw problem('disk-full', { path }, error);
    throw problem('read-only', { path, message: typeof code === 'string' ? code : error.message }, error);
  }
}
