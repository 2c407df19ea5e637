import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { problem } from '../problems.ts';
import { textOf } from '../source/bytes.ts';
import { bytesOf, resolveIn } from './place.ts';
import type { Place } from './place.ts';
import { byBytes, codeOf, isLeftOut } from './search.ts';
import type { FoundFile } from './search.ts';
import { identity } from './survey.ts';

/**
 * All names of files that have several, below the root of the system; by the file's identity, sorted by bytes. Nothing is
 * searched where no file has another name, nor once all names are found.
 */
export function namesOf(place: Place, files: readonly FoundFile[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, Set<string>>();
  let missing = 0;
  for (const file of files) {
    if (file.stats.nlink < 2) continue;
    const known = names.get(identity(file));
    if (known === undefined) missing += file.stats.nlink;
    names.set(identity(file), new Set());
  }
  const whole: Place = { ...place, prefix: '' };
  const folders = missing > 0 ? [''] : [];
  for (const folder of folders) {
    for (const path of entriesIn(place.root, folder)) {
      const stats = statOf(place.root + path);
      if (stats?.isDirectory() === true) {
        if (!isLeftOut(whole, `${path}/`)) folders.push(path);
      } else if (stats !== undefined && stats.nlink > 1) {
        const known = names.get(`${stats.dev}:${stats.ino}`);
        if (known === undefined) continue;
        known.add(path);
        missing -= 1;
      }
    }
    if (missing === 0) break;
  }
  return new Map([...names].map(([id, all]) => [id, [...all].sort(byBytes)]));
}

function entriesIn(root: string, folder: string): readonly string[] {
  try {
    return readdirSync(bytesOf(root + folder), { encoding: 'latin1' }).map((name) => `${folder}/${name}`);
  } catch {
    // What it holds is counted among the names that are not known.
    return [];
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(bytesOf(path), { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/**
 * The names that dpkg has files by, where the root has links to folders at its top, such as `/lib`: a package may have
 * put a file there by either name, and dpkg-statoverride keeps the mode of that one alone.
 *
 * @returns gives the name for a path; the path itself for a file that no package has by another name
 * @throws Problem `bad-path` where a list of dpkg cannot be read
 */
export function ownedNames(root: string): (path: string) => string {
  const links = entriesIn(root, '')
    .filter((path) => statOf(root + path)?.isSymbolicLink() === true)
    .map((path) => ({ path, to: resolveIn(root, path) }))
    .filter((one): one is { path: string; to: string } => one.to !== undefined && one.to !== '');
  if (links.length === 0) return (path) => path;
  const beside = new RegExp(`^(?:${links.map(({ path }) => path.replace(/\W/g, '\\$&')).join('|')})/`);
  const owned = new Set<string>();
  for (const list of entriesIn(root, '/var/lib/dpkg/info').filter((path) => path.endsWith('.list'))) {
    for (const line of textIn(root, list).split('\n')) if (beside.test(line)) owned.add(line);
  }
  return (path) => {
    const others = links
      .filter(({ to }) => path.startsWith(`${to}/`))
      .map((link) => link.path + path.slice(link.to.length));
    return others.find((name) => owned.has(name)) ?? path;
  };
}

/** @throws Problem `bad-path` where it cannot be read: without it names would be wrong */
function textIn(root: string, path: string): string {
  try {
    return readFileSync(bytesOf(root + path), 'latin1');
  } catch (error) {
    throw problem('bad-path', { path: textOf(root + path), message: codeOf(error) }, error);
  }
}
