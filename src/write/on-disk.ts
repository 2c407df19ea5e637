import { diskProblem } from '../source/disk.ts';
import { problem, Problem } from '../problems.ts';

/** Does something to the disk, and says what went wrong in the user's words. */
export function onDisk<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const known = diskProblem(error, path);
    if (known !== error || !(error instanceof Error) || error instanceof Problem) throw known;
    throw problem('read-only', { path, message: error.message }, error);
  }
}
