import { problem } from '../problems.ts';
import type { ArchiveEntry, SafeEntry } from './archive-entry.ts';

/** NAME_MAX and PATH_MAX of Linux, in bytes: a longer name could not be written, and would end the work half-way. */
const NAME_MAX = 255;
const PATH_MAX = 3000;

/**
 * Decides whether a whole archive may be unpacked, as if an enemy had made it. What passes can be written
 * entry by entry into an empty folder without leaving it: no name leads out of the archive's one top folder,
 * no name passes through a link, and no link, followed by its text alone, points out of the tree.
 *
 * @param file the archive's name, for the message
 * @param entries in the archive's order
 * @returns the same entries in the same order, with their names in the tree
 * @throws Problem `hostile-archive`
 */
export function safeEntries(file: string, entries: readonly ArchiveEntry[]): SafeEntry[] {
  const refuse = (entry: ArchiveEntry, reason: string): never => {
    // As JSON: a name may hold what a terminal obeys.
    throw problem('hostile-archive', { file, entry: JSON.stringify(entry.path), reason });
  };
  const kinds = new Map<string, ArchiveEntry['kind']>();
  const safe: SafeEntry[] = [];
  let top: string | undefined;

  for (const entry of entries) {
    const parts = entry.path.split('/').filter((part) => part !== '' && part !== '.');
    const reason = badName(entry.path, parts);
    if (reason !== undefined) refuse(entry, reason);
    const [first, ...rest] = parts;
    // An archive made of "." begins with an entry for "." itself.
    if (first === undefined && entry.kind === 'folder') continue;
    top ??= first;
    if (first !== top) refuse(entry, `is outside the single top folder ${JSON.stringify(top)}`);
    if (rest.length === 0 && entry.kind !== 'folder')
      refuse(entry, 'is where the single top folder should be');
    const name = rest.join('/');
    if (entry.kind === 'other') refuse(entry, `is of kind ${entry.type}, which no source needs`);
    const before = kinds.get(name);
    if (before !== undefined && (before !== 'folder' || entry.kind !== 'folder'))
      refuse(entry, 'occurs twice');
    for (const parent of parentsOf(rest)) {
      const kind = kinds.get(parent) ?? 'folder';
      if (kind !== 'folder') refuse(entry, `is below ${JSON.stringify(parent)}, which is a ${kind}`);
      kinds.set(parent, 'folder');
    }
    let linked = '';
    if (entry.kind === 'hardlink') {
      const [there, ...target] = entry.target.split('/').filter((part) => part !== '' && part !== '.');
      linked = target.join('/');
      const isFile =
        !entry.target.startsWith('/') &&
        there === top &&
        !target.includes('..') &&
        kinds.get(linked) === 'file';
      if (!isFile)
        refuse(
          entry,
          `is a hard link to ${JSON.stringify(entry.target)}, which is no file before it in the archive`,
        );
    }
    kinds.set(name, entry.kind === 'hardlink' ? 'file' : entry.kind);
    safe.push({ entry, name, linked });
  }
  for (const { entry, name } of safe) {
    if (entry.kind !== 'symlink') continue;
    const reason = badLink(name, entry.target, kinds);
    if (reason !== undefined)
      refuse(entry, `is a symbolic link to ${JSON.stringify(entry.target)}, ${reason}`);
  }
  return safe;
}

function badName(path: string, parts: readonly string[]): string | undefined {
  if (path.startsWith('/')) return 'the name is absolute';
  if (parts.includes('..')) return 'the name holds ..';
  if (hasControl(path)) return 'the name holds a control character';
  if (path.includes('\uFFFD')) return 'the name is not UTF-8';
  if (Buffer.byteLength(path) > PATH_MAX || parts.some((part) => Buffer.byteLength(part) > NAME_MAX)) {
    return 'the name is too long';
  }
  return undefined;
}

/** ASCII and Latin-1 control characters, NUL and newline among them. */
function hasControl(text: string): boolean {
  return /\p{Cc}/u.test(text);
}

function badLink(
  name: string,
  target: string,
  kinds: ReadonlyMap<string, ArchiveEntry['kind']>,
): string | undefined {
  if (target === '') return 'which is no place';
  if (target.startsWith('/')) return 'which is absolute';
  if (hasControl(target) || target.includes('\uFFFD'))
    return 'which holds a control character or is not UTF-8';
  if (Buffer.byteLength(target) > PATH_MAX) return 'which is too long';
  const here = name.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '' || part === '.') continue;
    // Whatever comes after a link is not where the text says.
    if (kinds.get(here.join('/')) === 'symlink') return 'which goes through another link';
    if (part !== '..') here.push(part);
    else if (here.pop() === undefined) return 'which leaves the tree';
  }
  return undefined;
}

function parentsOf(parts: readonly string[]): string[] {
  return parts.slice(0, -1).map((_part, index) => parts.slice(0, index + 1).join('/'));
}
