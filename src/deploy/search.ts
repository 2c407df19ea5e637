import { lstatSync, readdirSync } from 'node:fs';
import type { Dirent, Stats } from 'node:fs';
import type { FileKind, KindOf } from './file-kinds.ts';
import { bytesOf, resolveIn } from './place.ts';
import type { Place } from './place.ts';

/**
 * Folders of a running system that hold no part of it: the kernel's own, what is there until the next start, other
 * disks, the homes of users, whose files are theirs, what root has below his own, and containers.
 */
const NOT_THE_SYSTEM =
  /^\/(?:proc|sys|dev|run|tmp|home|mnt|media|lost\+found|root\/[^/]+|var\/tmp|var\/lib\/(?:docker|containers|lxc|machines))$/;

/**
 * Whether a file or folder lies in a folder of a running system that a search of all of it leaves out. A path that ends
 * with a slash is a folder, and may be such a folder itself.
 */
export function isLeftOut({ root, prefix }: Place, path: string): boolean {
  if (root !== '' || prefix !== '') return false;
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    if (NOT_THE_SYSTEM.test(path.slice(0, end))) return true;
  }
  return false;
}

/** A file of a kind; paths are those of the installed system (bytes as latin1). */
export interface FoundFile {
  /** Where it lies; no part of it is a link. */
  readonly path: string;
  readonly kind: FileKind;
  readonly stats: Stats;
  /** Where it is named, as `file:line`, if that is why it is here. */
  readonly namedBy?: readonly string[];
}

/** What a search gives. All lists are sorted by bytes. */
export interface Search {
  readonly files: readonly FoundFile[];
  /** Of a kind, and no regular file: every policy refuses it. */
  readonly irregular: readonly string[];
  /** Links of a kind that lead to nothing, or to a file or folder that is not below the prefix, or is left out. */
  readonly outside: readonly string[];
  /** Folders whose content is not known, with the reason. */
  readonly unread: readonly { readonly path: string; readonly message: string }[];
  /** Folders with files of a kind that everybody may write into. */
  readonly open: readonly string[];
}

/** Links to folders, followed when all else has been seen. */
interface Linked {
  readonly name: string;
  readonly to: string;
}

/**
 * Finds the files of each kind below a folder. A link is followed where it leads below the folder again, but not into a
 * folder that is left out. What it leads to counts by the name that it has there as well: what is imported is opened by
 * that name.
 */
export function searchFiles({ root, prefix }: Place, kindOf: KindOf): Search {
  const files = new Map<string, FoundFile>();
  const [irregular, outside, open] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const unread = new Map<string, string>();
  const linked: Linked[] = [];

  const inside = (path: string): boolean => path === prefix || path.startsWith(`${prefix}/`);
  const stat = (path: string): Stats | undefined => {
    try {
      return lstatSync(bytesOf(root + path), { throwIfNoEntry: false });
    } catch (error) {
      unread.set(path, codeOf(error));
      return undefined;
    }
  };

  const take = (path: string, kind: FileKind): void => {
    if (files.get(path)?.kind.opened === 'as code') return;
    const stats = stat(path);
    if (stats === undefined) return;
    files.set(path, { path, kind, stats });
    const folder = path.slice(0, path.lastIndexOf('/'));
    if (kind.opened === 'as code' && isOpen(stat(folder)?.mode ?? 0)) open.add(folder);
  };

  const link = (path: string, name: string): void => {
    const to = resolveIn(root, path);
    const found = to === undefined || !inside(to) ? undefined : stat(to);
    const kind = kindOf(name);
    const folder = found?.isDirectory() === true ? '/' : '';
    if (to === undefined || found === undefined || isLeftOut({ root, prefix }, to + folder)) {
      if (kind?.opened === 'as code') outside.add(name);
    } else if (found.isDirectory()) linked.push({ name, to });
    else if (kind !== undefined) one(to, kind, found);
  };

  const one = (path: string, kind: FileKind, entry: Stats | Dirent<Buffer>): void => {
    if (entry.isFile()) take(path, kind);
    else if (kind.opened === 'as code') irregular.add(path);
  };

  const folder = (path: string, name: string): void => {
    if (root === '' && path !== prefix && NOT_THE_SYSTEM.test(path)) return;
    for (const entry of entries(path)) {
      const part = entry.name.toString('latin1');
      const [at, called] = [`${path}/${part}`, `${name}/${part}`];
      if (entry.isDirectory()) folder(at, called);
      else if (entry.isSymbolicLink()) link(at, called);
      else {
        const kind = kindOf(called);
        if (kind !== undefined) one(at, kind, entry);
      }
    }
  };

  const entries = (path: string): readonly Dirent<Buffer>[] => {
    try {
      return readdirSync(bytesOf(root + path), { withFileTypes: true, encoding: 'buffer' });
    } catch (error) {
      unread.set(path === '' ? '/' : path, codeOf(error));
      return [];
    }
  };

  folder(prefix, prefix);
  // A folder is entered again only by a link that is called otherwise, so that links in a circle come to an end.
  const entered = new Set<string>();
  for (let next = linked.shift(); next !== undefined; next = linked.shift()) {
    const { name, to } = next;
    const called = `${to}\0${name.split('/').slice(-2).join('/')}`;
    if (name.startsWith(`${to}/`) || entered.has(called)) continue;
    entered.add(called);
    folder(to, name);
  }
  return {
    files: [...files.values()].sort((a, b) => byBytes(a.path, b.path)),
    irregular: [...irregular].sort(byBytes),
    outside: [...outside].sort(byBytes),
    unread: [...unread].map(([path, message]) => ({ path, message })).sort((a, b) => byBytes(a.path, b.path)),
    open: [...open].sort(byBytes),
  };
}

/** Whether everybody may replace what is in a folder. */
export function isOpenFolder(root: string, path: string): boolean {
  return isOpen(lstatSync(bytesOf(root + path), { throwIfNoEntry: false })?.mode ?? 0);
}

/** In a folder with the sticky bit nobody replaces a file that is not his. */
function isOpen(mode: number): boolean {
  return (mode & 0o1002) === 0o002;
}

/** Paths are bytes as latin1: their order as texts is that of their bytes. */
export function byBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What the system says is wrong, for instance `EACCES`. */
export function codeOf(error: unknown): string {
  return error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);
}
