import { lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { problem } from '../problems.ts';
import { textOf } from '../source/bytes.ts';

/** As the kernel's own limit for one path (path_resolution(7)). */
const MOST_LINKS = 40;

/** What is searched, as paths without a slash at the end (bytes as latin1); the root of the system is the empty text. */
export interface Place {
  /** The folder that is `/` on the system that the files are installed on. */
  readonly root: string;
  /** The folder that is searched, as a path on that system. */
  readonly prefix: string;
}

/** A path of this machine as bytes, which names need not be text. */
export function bytesOf(path: string): Buffer {
  return Buffer.from(path === '' ? '/' : path, 'latin1');
}

/**
 * The folder to search, and what is the root of the system that it belongs to: the folder named so, or the nearest one
 * at or above it that has a folder `usr`, as have `/`, a DESTDIR and the folder that a package is built in.
 *
 * @param prefix as the user gave it
 * @throws Problem `bad-path`, `symlink-loop`
 */
export function placeOf(prefix: string, root?: string): Place {
  const inside = realFolder(prefix);
  const top = root === undefined ? rootOf(inside) : realFolder(root);
  if (inside !== top && !inside.startsWith(`${top}/`)) {
    throw problem('bad-path', { path: prefix, message: `is not in --root ${root ?? textOf(top)}` });
  }
  return { root: top, prefix: inside.slice(top.length) };
}

function realFolder(path: string): string {
  try {
    const real = realpathSync(path, { encoding: 'buffer' });
    if (!statSync(real).isDirectory()) throw problem('bad-path', { path, message: 'not a folder' });
    const text = real.toString('latin1');
    return text === '/' ? '' : text;
  } catch (error) {
    const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
    if (code === 'ELOOP') throw problem('symlink-loop', { path }, error);
    if (code === 'ENOENT') throw problem('bad-path', { path, message: 'no such folder' }, error);
    if (code === 'EACCES') throw problem('bad-path', { path, message: 'permission denied' }, error);
    throw error;
  }
}

function rootOf(folder: string): string {
  for (let top = folder; top !== ''; top = top.slice(0, top.lastIndexOf('/'))) {
    if (isFolder(`${top}/usr`)) return top;
  }
  return '';
}

function isFolder(path: string): boolean {
  return lstatSync(bytesOf(path), { throwIfNoEntry: false })?.isDirectory() === true;
}

/**
 * Where a path of the installed system leads, as that system resolves it: a link to `/etc/x` leads into the root, and
 * nothing leads out of it.
 *
 * @returns undefined where there is nothing, or a loop
 */
export function resolveIn(root: string, path: string): string | undefined {
  const parts = path.split('/');
  let at = '';
  let links = 0;
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      at = at.slice(0, Math.max(at.lastIndexOf('/'), 0));
      continue;
    }
    const next = `${at}/${part}`;
    const found = statOf(root + next);
    if (found === undefined) return undefined;
    if (!found.isSymbolicLink()) {
      at = next;
      continue;
    }
    links += 1;
    if (links > MOST_LINKS) return undefined;
    const to = readlinkSync(bytesOf(root + next), { encoding: 'latin1' });
    if (to.startsWith('/')) at = '';
    parts.unshift(...to.split('/'));
  }
  return at;
}

function statOf(path: string): ReturnType<typeof lstatSync> {
  try {
    return lstatSync(bytesOf(path), { throwIfNoEntry: false });
  } catch {
    // A part of the path is no folder, or may not be searched.
    return undefined;
  }
}
