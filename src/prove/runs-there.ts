import { accessSync, chmodSync, constants, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { problem } from '../problems.ts';
import { diskProblem, makeFolder } from '../source/disk.ts';
import { sweptName } from '../source/partial.ts';

/** What a folder is chosen with; for a hint. */
export const CACHE_CHOICE = '--cache DIR or MAYEXEC_CACHE';
export const TEMPORARY_CHOICE = 'TMPDIR';

/**
 * Makes sure that a program in a folder can be run: with a file of mode 0755, which is removed again.
 *
 * @param folder made when missing
 * @param choice what the user chooses another folder with
 * @throws Problem `noexec`, `read-only`, `disk-full`
 */
export function checkRunsThere(folder: string, choice: string): void {
  makeFolder(folder);
  const file = join(folder, `.${sweptName('mayexec-runs')}`);
  try {
    writeFileSync(file, '#!/bin/sh\n', { flag: 'wx' });
    chmodSync(file, 0o755);
    if (!isRunnable(file)) throw noexec(folder, choice);
  } catch (error) {
    throw diskProblem(error, folder);
  } finally {
    rmSync(file, { force: true });
  }
}

/**
 * Makes sure that a program that is there can be run.
 *
 * @param folder the one that the user chose, and the program lies in
 * @param choice what the user chooses another folder with
 * @throws Problem `noexec`
 */
export function checkRunnable(program: string, folder: string, choice: string): void {
  if (!isRunnable(program)) throw noexec(folder, choice);
}

/** Whether this process may run a file: access(2) answers EACCES for each file of a noexec mount. */
export function isRunnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Why nothing can be run in a folder, in words. */
export function whyNotRunnable(path: string): string {
  return isNoexec(path) ? 'its file system is mounted noexec' : 'permission denied';
}

function noexec(path: string, choice: string): Error {
  return problem('noexec', { path, message: whyNotRunnable(path), choice });
}

/** Whether the mount that a path lies on is a noexec one, by /proc/self/mountinfo; false where that cannot be read. */
function isNoexec(path: string): boolean {
  try {
    const real = `${realpathSync(path)}/`;
    let longest = '';
    let options: readonly string[] = [];
    for (const line of readFileSync('/proc/self/mountinfo', 'utf8').split('\n')) {
      // proc_pid_mountinfo(5): number, parent, major:minor, root, mount point, options. White space there is octal.
      const [, , , , point = '', own = ''] = line.split(' ');
      const mount = point.replace(/\\(\d{3})/g, (_all, octal: string) =>
        String.fromCharCode(Number.parseInt(octal, 8)),
      );
      const top = mount.endsWith('/') ? mount : `${mount}/`;
      // Of two on one point, the later hides the other.
      if (mount === '' || !real.startsWith(top) || top.length < longest.length) continue;
      longest = top;
      options = own.split(',');
    }
    return options.includes('noexec');
  } catch {
    return false;
  }
}
