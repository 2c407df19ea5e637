import { closeSync, constants, fchmodSync, futimesSync, openSync, writeSync } from 'node:fs';
import type { Sink } from './read-archive.ts';

/**
 * A new file that is written as its bytes come in; nothing that is there already is opened, be it a link.
 *
 * @param mode permission bits, whatever the umask is
 * @param mtime in ms since 1970
 */
export function newFile(path: string, mode: number, mtime: number): Sink {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const descriptor = openSync(path, flags, 0o600);
  let open = true;
  const close = (): void => {
    if (open) closeSync(descriptor);
    open = false;
  };
  return {
    write(chunk) {
      try {
        for (let done = 0; done < chunk.length;) done += writeSync(descriptor, chunk, done);
      } catch (error) {
        close();
        throw error;
      }
    },
    end() {
      if (!open) return;
      try {
        fchmodSync(descriptor, mode);
        futimesSync(descriptor, seconds(mtime), seconds(mtime));
      } finally {
        close();
      }
    },
  };
}

/**
 * A time as utimes() wants it. Whole seconds are exact; others get half a microsecond on top, as a double
 * near the present is coarser than a nanosecond and its cut-off fraction could be the millisecond before.
 *
 * @param mtime in ms since 1970
 * @returns in s since 1970
 */
export function seconds(mtime: number): number {
  return (Number.isInteger(mtime / 1000) ? mtime : mtime + 0.0005) / 1000;
}
