import { closeSync, constants, fchmodSync, fstatSync, openSync } from 'node:fs';
import { problem } from '../problems.ts';
import { textOf } from '../source/bytes.ts';

/** A file whose mode is to change: it must still be the one that was looked at. */
export interface ModeChange {
  /** Of this machine; bytes as latin1. */
  readonly path: string;
  readonly device: number;
  readonly inode: number;
  readonly before: number;
  readonly after: number;
}

/**
 * Changes the modes of files, of all or of none: should one fail, those already changed get their old mode back. Each
 * file is opened without following a link and changed by its descriptor, if it is the file that was looked at. Nothing
 * waits in between, so that no interruption comes half-way.
 *
 * @throws Problem `not-marked`, which says what is left changed
 */
export function changeModes(changes: readonly ModeChange[]): void {
  const done: ModeChange[] = [];
  const undo = (): readonly string[] =>
    done
      .splice(0)
      .reverse()
      .filter((one) => !restored(one))
      .map(({ path }) => textOf(path));
  for (const change of changes) {
    try {
      setMode(change, change.after);
    } catch (error) {
      const stuck = undo();
      throw problem(
        'not-marked',
        {
          path: textOf(change.path),
          message: error instanceof Error ? error.message : String(error),
          left: stuck.length === 0 ? 'no mode was changed' : `these modes stay changed: ${stuck.join(', ')}`,
        },
        error,
      );
    }
    done.push(change);
  }
}

function restored(change: ModeChange): boolean {
  try {
    setMode(change, change.before);
    return true;
  } catch {
    return false;
  }
}

function setMode({ path, device, inode }: ModeChange, mode: number): void {
  // O_NONBLOCK: by now it may be a pipe.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const descriptor = openSync(Buffer.from(path, 'latin1'), flags);
  try {
    const found = fstatSync(descriptor);
    if (found.dev !== device || found.ino !== inode) throw new Error('another file is there now');
    fchmodSync(descriptor, mode);
  } finally {
    closeSync(descriptor);
  }
}
