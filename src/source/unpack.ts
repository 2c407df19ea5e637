import { chmodSync, linkSync, lutimesSync, mkdirSync, symlinkSync, utimesSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { problem } from '../problems.ts';
import type { ArchiveEntry, SafeEntry } from './archive-entry.ts';
import { safeEntries } from './archive-safety.ts';
import { readArchive } from './read-archive.ts';
import { allOrNothing } from './partial.ts';
import { newFile, seconds } from './write-file.ts';

/**
 * Unpacks an archive, after the whole of it has been listed and found safe. The archive's one top folder
 * becomes `destination`. Times are the archive's to the ms, as `make` goes by them; modes are the archive's
 * less the set-id and sticky bits and less writing by others, and the owner may always read and write.
 *
 * @param file a tar archive, plain or compressed with gzip, xz or bzip2
 * @param destination a folder that is not there yet; it appears whole or not at all
 * @throws Problem `hostile-archive`, `truncated-archive`, `missing-tool`, `disk-full`, `read-only`, `interrupted`
 */
export async function unpack(file: string, destination: string): Promise<void> {
  const listed: ArchiveEntry[] = [];
  await readArchive(file, (entry) => {
    listed.push(entry);
    return undefined;
  });
  const safe = safeEntries(basename(file), listed);
  if (safe.length === 0) throw problem('truncated-archive', { file: basename(file), message: 'it is empty' });
  await allOrNothing(destination, (path) => write(file, listed, safe, path));
}

/**
 * Unpacks some files of an archive that is too large to be unpacked as a whole, in one pass: no name of the archive is
 * taken that was not asked for, and no link.
 *
 * @param only names of files, relative to the archive's one top folder; those that it has not are left out
 * @param destination as for {@link unpack}
 * @throws Problem as {@link unpack}; `truncated-archive` where none of the files is in it
 */
export async function unpackSome(file: string, only: readonly string[], destination: string): Promise<void> {
  const wanted = new Set(only);
  const seen = new Set<string>();
  await allOrNothing(destination, async (top) => {
    mkdirSync(top, { mode: 0o755 });
    await readArchive(file, (entry) => {
      const parts = entry.path.split('/').filter((part) => part !== '' && part !== '.');
      const name = parts.slice(1).join('/');
      if (entry.kind !== 'file' || !wanted.has(name)) return undefined;
      if (seen.has(name))
        throw problem('hostile-archive', {
          file: basename(file),
          entry: JSON.stringify(entry.path),
          reason: 'occurs twice',
        });
      seen.add(name);
      mkdirSync(dirname(join(top, name)), { recursive: true, mode: 0o755 });
      return newFile(join(top, name), modeOf(entry), entry.mtime);
    });
    if (seen.size === 0)
      throw problem('truncated-archive', {
        file: basename(file),
        message: 'none of the files that are read is in it',
      });
  });
}

/** Links come after the files, so that no file can be written through one; folders' times when all is written. */
async function write(
  file: string,
  listed: readonly ArchiveEntry[],
  safe: readonly SafeEntry[],
  top: string,
): Promise<void> {
  mkdirSync(top, { mode: 0o755 });
  const byEntry = new Map(safe.map((each) => [each.entry, each]));
  const made = new Set(['']);
  const folder = (name: string): void => {
    if (made.has(name)) return;
    folder(parentOf(name));
    mkdirSync(join(top, name), { mode: 0o755 });
    made.add(name);
  };
  await readArchive(file, (entry, index) => {
    const first = listed[index];
    if (first?.path !== entry.path || first.kind !== entry.kind) {
      throw problem('truncated-archive', { file: basename(file), message: 'it changed while it was read' });
    }
    const accepted = byEntry.get(first);
    if (accepted === undefined) return undefined;
    if (entry.kind === 'folder') folder(accepted.name);
    if (entry.kind !== 'file') return undefined;
    folder(parentOf(accepted.name));
    return newFile(join(top, accepted.name), modeOf(entry), entry.mtime);
  });
  for (const { entry, name, linked } of safe) {
    if (entry.kind !== 'symlink' && entry.kind !== 'hardlink') continue;
    folder(parentOf(name));
    if (entry.kind === 'hardlink') linkSync(join(top, linked), join(top, name));
    else {
      symlinkSync(entry.target, join(top, name));
      lutimesSync(join(top, name), seconds(entry.mtime), seconds(entry.mtime));
    }
  }
  for (const { entry, name } of safe) {
    if (entry.kind !== 'folder') continue;
    chmodSync(join(top, name), modeOf(entry));
    utimesSync(join(top, name), seconds(entry.mtime), seconds(entry.mtime));
  }
}

function parentOf(name: string): string {
  return name.includes('/') ? dirname(name) : '';
}

function modeOf(entry: ArchiveEntry): number {
  return (entry.mode & 0o755) | (entry.kind === 'folder' ? 0o700 : 0o600);
}
