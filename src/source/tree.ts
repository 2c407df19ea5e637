import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { problem } from '../problems.js';
import type { Tree } from '../target/contract.js';
import { readLatin1 } from './bytes.js';

/** Folders that belong to git and quilt, not to the source; skipped at any depth. */
const SKIPPED = new Set(['.git', '.pc']);

/**
 * Lists a source tree on disk. The listing is made at once; a file is read when it is first asked for and then
 * kept. A symbolic link counts as a file only where it ends at a regular file within the tree; a link to a
 * folder is not followed, so that nothing is seen twice and no loop of links can be walked into.
 *
 * @param path the tree's top folder
 * @returns names relative to `path` with `/`, sorted by byte value
 * @throws Problem `symlink-loop` when `path` itself is a loop of links; `bad-path` when it is missing, not a
 * folder or not readable, or when a file's name is not UTF-8 (it could not be named in a patch)
 */
export function readTree(path: string): Tree {
  const top = realTop(path);
  const files: string[] = [];
  list(top, top, '', files);
  sortByBytes(files);
  const known = new Set(files);
  const memo = new Map<string, string>();
  return {
    path,
    files,
    has: (file) => known.has(file),
    read(file) {
      const had = memo.get(file);
      if (had !== undefined) return had;
      if (!known.has(file))
        throw problem('bad-path', { path: join(path, file), message: 'no such file in the tree' });
      const text = attempt(join(path, file), () => readLatin1(join(top, file)));
      memo.set(file, text);
      return text;
    },
    executable: (file) => known.has(file) && (statSync(join(top, file)).mode & 0o100) !== 0,
  };
}

/**
 * A tree that lives in memory: for tests, and for a tree as it is after edits.
 *
 * @param files name to content; the content's characters are bytes (latin1)
 */
export function memoryTree(files: ReadonlyMap<string, string>): Tree {
  const names = [...files.keys()];
  sortByBytes(names);
  return {
    path: '',
    files: names,
    has: (file) => files.has(file),
    read(file) {
      const text = files.get(file);
      if (text === undefined) throw problem('bad-path', { path: file, message: 'no such file in the tree' });
      return text;
    },
    executable: () => false,
  };
}

function realTop(path: string): string {
  const top = attempt(path, () => realpathSync(path));
  if (!statSync(top).isDirectory()) throw problem('bad-path', { path, message: 'not a folder' });
  return top;
}

function list(top: string, folder: string, prefix: string, into: string[]): void {
  for (const entry of attempt(folder, () => readdirSync(folder, { withFileTypes: true }))) {
    const name = prefix + entry.name;
    if (entry.name.includes('\uFFFD')) {
      throw problem('bad-path', { path: join(top, name), message: 'the name of this file is not UTF-8' });
    }
    if (entry.isFile()) into.push(name);
    else if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name)) list(top, `${folder}${sep}${entry.name}`, `${name}/`, into);
    } else if (entry.isSymbolicLink() && endsWithin(top, join(top, name))) into.push(name);
  }
}

/** Whether a link ends at a regular file within the tree; one that dangles or loops does not. */
function endsWithin(top: string, link: string): boolean {
  try {
    const end = realpathSync(link);
    return end.startsWith(top.endsWith(sep) ? top : top + sep) && statSync(end).isFile();
  } catch {
    return false;
  }
}

/** JavaScript compares UTF-16 units, which differs from the order of UTF-8 bytes beyond the first plane only. */
function sortByBytes(names: string[]): void {
  names.sort();
  if (names.some((name) => /[\uD800-\uDFFF]/.test(name))) {
    names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  }
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ELOOP') throw problem('symlink-loop', { path }, error);
    const known: Record<string, string> = {
      ENOENT: 'does not exist',
      ENOTDIR: 'not a folder',
      EACCES: 'not readable (permission denied)',
    };
    const message = known[code ?? ''];
    if (message === undefined) throw error;
    throw problem('bad-path', { path, message }, error);
  }
}
