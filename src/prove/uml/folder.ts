import { mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { problem, Problem } from '../../problems.ts';
import { diskProblem } from '../../source/disk.ts';
import { sweep, sweptName } from '../../source/partial.ts';
import { checkRunsThere, TEMPORARY_CHOICE } from '../runs-there.ts';

/** A guest's memory, in MiB: a file that grows as it is used. */
export const MEMORY = 256;

/** A file system in memory. Files elsewhere are written to the disk, where it is slower. */
const SHARED_MEMORY = '/dev/shm';

/**
 * Makes the folder of a guest: its memory lies there, and what it exchanges with the host. Whoever asks for it removes
 * it; a later run does where that was killed.
 *
 * @param bed its name, for a message
 * @throws Problem `bed-missing` for a folder of temporary files that cannot be named on the kernel's command line;
 * `noexec`, `read-only`, `disk-full` for one that is of no use
 */
export function makeGuestFolder(bed: string): string {
  const top = isGood(SHARED_MEMORY) ? SHARED_MEMORY : resolve(tmpdir());
  // The kernel splits its command line at white space, and knows quotes.
  if (/[\s"]/.test(top)) throw problem('bed-missing', { bed, reason: `there is white space in ${top}` });
  if (top !== SHARED_MEMORY) checkRunsThere(top, TEMPORARY_CHOICE);
  sweep(top);
  try {
    return mkdtempSync(join(top, `${sweptName('mayexec-uml')}.`));
  } catch (error) {
    throw diskProblem(error, top);
  }
}

/** Containers have a small one, as a rule; the guest dies where its memory cannot grow. */
function isGood(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    if (bavail * bsize < 2 * MEMORY * 1024 * 1024) return false;
    checkRunsThere(folder, TEMPORARY_CHOICE);
    return true;
  } catch (error) {
    if (error instanceof Problem || (error instanceof Error && 'code' in error)) return false;
    throw error;
  }
}
