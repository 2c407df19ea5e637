import { chmodSync, linkSync, lstatSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file with this mode, `-> x` for a symbolic link to x, `= x` for another name of the file x that stands before. */
export type Entry = number | `-> ${string}` | `= ${string}`;

/** Makes files below a folder; each holds its own name, so that none is empty. */
export function install(folder: string, entries: Readonly<Record<string, Entry>>): void {
  for (const [name, entry] of Object.entries(entries)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    if (typeof entry === 'number') {
      writeFileSync(path, `${name}\n`);
      chmodSync(path, entry);
    } else if (entry.startsWith('-> ')) symlinkSync(entry.slice(3), path);
    else linkSync(join(folder, entry.slice(2)), path);
  }
}

/** The mode of every regular file below a folder, in octal, by its path relative to it; links are not followed. */
export function modesIn(folder: string, below = ''): Record<string, string> {
  const modes: Record<string, string> = {};
  for (const name of readdirSync(join(folder, below)).sort()) {
    const path = join(below, name);
    const found = lstatSync(join(folder, path));
    if (found.isDirectory()) Object.assign(modes, modesIn(folder, path));
    else if (found.isFile()) modes[path] = (found.mode & 0o7777).toString(8);
  }
  return modes;
}
