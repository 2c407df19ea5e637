import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { onDisk } from './disk.js';

/**
 * Writes changed files into a tree, all of them or none: each is written beside its place first, and only when
 * all are on the disk are they moved there; should a move fail, those already made are undone.
 *
 * @param top the tree's folder
 * @param files names relative to it with their text (latin1); the mode of an existing file is kept
 * @throws Problem `disk-full`, `read-only`
 */
export function writeTree(top: string, files: ReadonlyMap<string, string>): void {
  const ready: { readonly path: string; readonly work: string; readonly before: Buffer | undefined }[] = [];
  const folders: string[] = [];
  const moved: (typeof ready)[number][] = [];
  try {
    for (const [name, text] of files) {
      const path = real(join(top, name));
      const work = `${path}.mayexec-${process.pid}`;
      onDisk(path, () => {
        const made = mkdirSync(dirname(path), { recursive: true });
        if (made !== undefined) folders.push(made);
        const before = existsSync(path) ? readFileSync(path) : undefined;
        ready.push({ path, work, before });
        writeFileSync(work, text, 'latin1');
        if (before) chmodSync(work, statSync(path).mode & 0o7777);
      });
    }
    for (const one of ready) {
      onDisk(one.path, () => {
        renameSync(one.work, one.path);
      });
      moved.push(one);
    }
  } catch (error) {
    for (const { path, before } of moved) {
      if (before) writeFileSync(path, before);
      else rmSync(path, { force: true });
    }
    for (const { work } of ready) rmSync(work, { force: true });
    for (const folder of folders.reverse()) rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Where a file lies: a link is written through, as its tree was read through it. */
function real(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}
