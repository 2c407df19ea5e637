import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { problem } from '../problems.ts';
import { makeFolder } from '../source/disk.ts';
import { lstatOf, reading } from '../source/reading.ts';
import { onDisk } from './on-disk.ts';

/**
 * Writes a folder whole: beside its place first, then moved there. What stood there before is gone only when
 * the new folder is in its place.
 *
 * @param path of the folder, or of a link to it
 * @param files names relative to it with their text (latin1)
 * @param sign a file by which an existing folder is known to be one that this kit wrote
 * @throws Problem `bad-path` when something else is there, `disk-full`, `read-only`
 */
export function replaceFolder(path: string, files: ReadonlyMap<string, string>, sign: string): void {
  // A link stays one: the folder that it leads to is replaced.
  const folder = lstatOf(path)?.isSymbolicLink() === true ? reading(path, () => realpathSync(path)) : path;
  const parent = dirname(folder);
  if (
    existsSync(folder) &&
    !existsSync(join(folder, sign)) &&
    onDisk(folder, () => readdirSync(folder)).length > 0
  ) {
    throw problem('bad-path', {
      path: folder,
      message: 'not empty, and not written by mayexec: left as it is',
    });
  }
  makeFolder(parent);
  const work = onDisk(parent, () => mkdtempSync(join(parent, `.${basename(folder)}-`)));
  const [made, old] = [join(work, 'new'), join(work, 'old')];
  const state = { aside: false };
  try {
    for (const [name, text] of files) {
      const path = join(made, name);
      onDisk(path, () => {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, text, 'latin1');
      });
    }
    onDisk(folder, () => {
      if (existsSync(folder)) {
        renameSync(folder, old);
        state.aside = true;
      }
      try {
        renameSync(made, folder);
      } catch (error) {
        // Should this fail too, what stood there is left where it is now.
        if (state.aside) renameSync(old, folder);
        state.aside = false;
        throw error;
      }
      state.aside = false;
    });
  } finally {
    if (!state.aside) rmSync(work, { recursive: true, force: true });
  }
}
