import {
  chmodSync,
  chownSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { problem } from '../problems.ts';
import { lstatOf, statOf } from '../source/reading.ts';
import type { Tree } from '../target/contract.ts';
import { onDisk } from './on-disk.ts';

/** A file that is on the disk beside its place. */
interface Ready {
  readonly path: string;
  readonly work: string;
  readonly before: Buffer | undefined;
}

/**
 * Writes changed files into a tree, all of them or none: each is written beside its place first, and only when
 * all are on the disk are they moved there; should a move fail, those already made are undone. A file keeps its mode,
 * and its owner where the system lets it; its other hard links keep the old text.
 *
 * @param tree as it was read: a file of it that is another by now is not written over
 * @param files names relative to its top with their text (latin1)
 * @throws Problem `disk-full`, `read-only`, `changed`; `bad-path` for a new file where something is already, or
 * whose folder leads out of the tree
 */
export function writeTree(
  tree: Pick<Tree, 'path' | 'has' | 'read'>,
  files: ReadonlyMap<string, string>,
): void {
  const ready: Ready[] = [];
  const folders: string[] = [];
  const moved: Ready[] = [];
  try {
    for (const [name, text] of files) {
      const path = join(tree.path, name);
      const old = tree.has(name) ? statOf(path) : undefined;
      if (!tree.has(name)) mindNew(tree.path, path);
      // A link is written through, as its tree was read through it.
      const place = old !== undefined && lstatOf(path)?.isSymbolicLink() === true ? realpathSync(path) : path;
      const work = `${place}.mayexec-${process.pid}`;
      onDisk(path, () => {
        const made = mkdirSync(dirname(place), { recursive: true });
        if (made !== undefined) folders.push(made);
        const before = old === undefined ? undefined : readFileSync(place);
        if (tree.has(name) && before?.toString('latin1') !== tree.read(name))
          throw problem('changed', { path });
        // Nothing that has that name already is written to, be it a link.
        const descriptor = openSync(work, 'wx');
        ready.push({ path: place, work, before });
        try {
          writeFileSync(descriptor, text, 'latin1');
        } finally {
          closeSync(descriptor);
        }
        if (old !== undefined) like(work, old);
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

/** A new file takes the place of nothing, and lies in the tree: what is skipped when a tree is read may be there. */
function mindNew(top: string, path: string): void {
  if (lstatOf(path) !== undefined)
    throw problem('bad-path', { path, message: 'something is there that is not a file of the tree' });
  let above = dirname(path);
  while (lstatOf(above) === undefined && dirname(above) !== above) above = dirname(above);
  const real = (one: string): string => realpathSync.native(one, { encoding: 'latin1' });
  if (!`${real(above)}${sep}`.startsWith(real(top)))
    throw problem('bad-path', { path, message: `${above} leads out of the tree` });
}

/** Gives a file the owner and mode of another one. */
function like(file: string, { uid, gid, mode }: Stats): void {
  const own = statOf(file);
  if (own?.uid !== uid || own.gid !== gid) {
    try {
      chownSync(file, uid, gid);
    } catch {
      // Only root gives files away; the file is the caller's then, as with any editor.
    }
  }
  chmodSync(file, mode & 0o7777);
}
