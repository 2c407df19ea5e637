import { readdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import type { Dirent, Stats } from 'node:fs';
import { join, sep } from 'node:path';
import { problem } from '../problems.ts';
import type { Skipped, Tree } from '../target/contract.ts';
import { readLatin1 } from './bytes.ts';
import { lstatOf, reading } from './reading.ts';

/** Folders that belong to git and quilt, not to the source; skipped at any depth. */
const SKIPPED = new Set(['.git', '.pc']);

/**
 * Lists a source tree on disk. The listing is made at once; a file is read when it is first asked for and then
 * kept. A symbolic link counts as a file only where it ends at a regular file within the tree; a link to a
 * folder is not followed, so that nothing is seen twice and no loop of links can be walked into. What is neither a
 * file nor a folder of the tree is listed as skipped.
 *
 * @param path the tree's top folder
 * @param only names of the files that are looked for, where a tree is too large to be listed; any file unless given
 * @returns names relative to `path` with `/`, sorted by byte value
 * @throws Problem `symlink-loop` when `path` itself is a loop of links; `bad-path` when it is missing, not a
 * folder or not readable, or when a file's name is not UTF-8 (it could not be named in a patch)
 */
export function readTree(path: string, only?: readonly string[]): Tree {
  const found: Found = { top: path, real: realTop(path), files: [], skipped: [] };
  if (only === undefined) list(found, path, '');
  else for (const name of only) look(found, name);
  const { files, skipped } = found;
  sortByBytes(files);
  const known = new Set(files);
  const memo = new Map<string, string>();
  return {
    path,
    files,
    skipped,
    has: (file) => known.has(file),
    read(file) {
      const had = memo.get(file);
      if (had !== undefined) return had;
      if (!known.has(file))
        throw problem('bad-path', { path: join(path, file), message: 'no such file in the tree' });
      const text = reading(join(path, file), () => readLatin1(join(path, file)));
      memo.set(file, text);
      return text;
    },
    executable: (file) =>
      known.has(file) && (reading(join(path, file), () => statSync(join(path, file))).mode & 0o100) !== 0,
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

/** A listing on the way. */
interface Found {
  readonly top: string;
  /** Where the top really lies, ending with a slash; bytes as latin1, since names above it need not be text. */
  readonly real: string;
  readonly files: string[];
  readonly skipped: Skipped[];
}

function realTop(path: string): string {
  return reading(path, () => {
    const top = realOf(path);
    if (!statSync(path).isDirectory()) throw problem('bad-path', { path, message: 'not a folder' });
    return top === sep ? top : `${top}${sep}`;
  });
}

function realOf(path: string): string {
  return realpathSync.native(path, { encoding: 'latin1' });
}

function list(found: Found, folder: string, prefix: string): void {
  const entries = reading(folder, () => readdirSync(folder, { withFileTypes: true }));
  for (const entry of entries) {
    const name = prefix + entry.name;
    if (entry.name.includes('\uFFFD')) mindName(join(found.top, name), folder, entry.name);
    if (entry.isFile()) found.files.push(name);
    else if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name)) list(found, join(folder, entry.name), `${name}/`);
    } else if (entry.isSymbolicLink()) link(found, name);
    else found.skipped.push({ file: name, folder: false, why: kindOf(entry) });
  }
}

/** What a name of a file leads to, be it nothing. */
function look(found: Found, name: string): void {
  const stats = lstatOf(join(found.top, name));
  if (stats === undefined) return;
  if (stats.isFile()) found.files.push(name);
  else if (stats.isSymbolicLink()) link(found, name);
  else found.skipped.push({ file: name, folder: stats.isDirectory(), why: kindOf(stats) });
}

/** A name that holds the character for bytes that are no UTF-8 has it in the name itself, or is none that can be named. */
function mindName(path: string, folder: string, name: string): void {
  const names = reading(folder, () => readdirSync(folder, { encoding: 'buffer' }));
  if (names.every((one) => one.toString() !== name || one.equals(Buffer.from(name)))) return;
  throw problem('bad-path', { path, message: 'the name of this file is not UTF-8' });
}

function kindOf(entry: Dirent | Stats): string {
  if (entry.isFIFO()) return 'a named pipe';
  if (entry.isDirectory()) return 'a folder';
  return entry.isSocket() ? 'a socket' : 'a device';
}

/** A link to a file of the tree is one as well; what a link to a folder of the tree leads to is listed there. */
function link({ top, real, files, skipped }: Found, name: string): void {
  const path = join(top, name);
  const skip = (why: string, folder = false): void => {
    skipped.push({ file: name, folder, why: `a link to ${readlinkSync(path)}, ${why}` });
  };
  let end: string;
  let stats;
  try {
    [end, stats] = [realOf(path), statSync(path)];
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'ELOOP') skip('which is a loop');
    else if (code === 'ENOENT' || code === 'ENOTDIR') skip('which does not exist');
    // What may not be looked at may be a folder.
    else skip(`which cannot be followed (${code})`, true);
    return;
  }
  const folder = stats.isDirectory();
  const inside = `${end}${sep}`.startsWith(real);
  if (!inside) skip('which is outside the tree', folder);
  else if (stats.isFile()) files.push(name);
  else if (!folder) skip('which is not a regular file');
  else if (
    end
      .slice(real.length)
      .split(sep)
      .some((part) => SKIPPED.has(part))
  )
    skip('which is a folder that is not read', true);
}

/** JavaScript compares UTF-16 units, which differs from the order of UTF-8 bytes beyond the first plane only. */
function sortByBytes(names: string[]): void {
  names.sort();
  if (names.some((name) => /[\uD800-\uDFFF]/.test(name))) {
    names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  }
}
