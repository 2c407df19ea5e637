import { lstatSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { readLatin1 } from '../source/bytes.ts';
import { lineReader } from '../sourcing/lines.ts';
import { readerOf } from '../sourcing/readers.ts';
import { NOTHING } from '../sourcing/sourcing.ts';
import type { Named, Sourcing } from '../sourcing/sourcing.ts';
import type { CodeFiles, Sources } from '../target/deployment.ts';
import { expanded } from './expand.ts';
import { bytesOf, resolveIn } from './place.ts';
import type { Place } from './place.ts';
import { byBytes, codeOf, isLeftOut, isOpenFolder } from './search.ts';
import type { FoundFile, Search } from './search.ts';

/** A file of code that is longer holds data: none is known, and a parser would take its time. In bytes. */
const MOST_BYTES = 1 << 22;

/** A place in a file of the list; paths are those of the installed system. */
export interface Where {
  readonly path: string;
  /** From 1; 0 where the whole file is meant. */
  readonly line: number;
}

/** A search, with what the files name that it found. */
export interface Followed extends Search {
  /** Where files open something that cannot be told without running them. */
  readonly untold: readonly (Where & { readonly text: string })[];
  /** What they name and is not searched: beyond the prefix, or in a folder that a search of the system leaves out. */
  readonly beyond: readonly (Where & { readonly to: string })[];
  /** What they name and is not there. */
  readonly absent: readonly (Where & { readonly to: string })[];
}

/** What follows nothing. */
export function unfollowed(search: Search): Followed {
  return { ...search, untold: [], beyond: [], absent: [] };
}

/**
 * Reads the files of code that a search found, adds those that they name by a constant path, and reads these in turn.
 * A file is read once, whoever names it.
 */
export async function followSources(place: Place, search: Search, sources: Sources): Promise<Followed> {
  const { root, prefix } = place;
  const kind: CodeFiles = { ...sources, id: 'sourced', files: /^/ };
  const read = await readerOf(sources);
  const files = new Map(search.files.map((file) => [file.path, file]));
  const code = search.files.filter((file) => file.kind.opened === 'as code');
  const ends = sources.places.library === true ? endsOf(code) : new Set<string>();
  const added = new Map<string, Set<string>>();
  const [irregular, open] = [new Set(search.irregular), new Set(search.open)];
  const unread = new Map(search.unread.map(({ path, message }) => [path, message]));
  const untold: Followed['untold'][number][] = [];
  const [beyond, absent]: [Followed['beyond'][number][], Followed['absent'][number][]] = [[], []];

  const sourcingOf = (file: FoundFile): Sourcing => {
    if (file.kind.opened !== 'as code' || file.kind.kind.compiled === true) return NOTHING;
    const { path, stats } = file;
    if (stats.size > MOST_BYTES) {
      untold.push({ path, line: 0, text: `not read: longer than ${MOST_BYTES} bytes` });
      return NOTHING;
    }
    try {
      const text = readLatin1(bytesOf(root + path));
      const { lines } = file.kind.kind;
      if (lines === 'none') return NOTHING;
      return lines === undefined ? read(text) : lineReader(lines)(text);
    } catch (error) {
      unread.set(path, codeOf(error));
      return NOTHING;
    }
  };

  /** Where a name may lead; undefined for one that no place is known for. */
  const candidates = (file: FoundFile, { from, path, pattern }: Named): readonly string[] | undefined => {
    const folder = file.path.slice(0, file.path.lastIndexOf('/'));
    if (from === 'root') return pattern ? expanded(root, path) : [path];
    if (from === 'file') return [`${file.path}${path}`];
    if (from === 'itself') return [`${folder}/${path}`];
    if (from === 'home') {
      const own = file.kind.opened === 'as code' && file.kind.kind.readers === 'owner';
      return own ? [`${folder}/${path}`] : undefined;
    }
    const { search, library } = sources.places;
    const above = library === true ? foldersAbove(folder) : [];
    const all = [...above, ...search].map((one) => `${one}/${path}`);
    const first = all.find((one) => resolveIn(root, one) !== undefined);
    return first === undefined ? all.slice(-1) : [first];
  };

  const take = (to: string, by: Where, name: string): FoundFile | undefined => {
    const known = files.get(to);
    if (known?.kind.opened === 'as code') {
      added.get(to)?.add(`${by.path}:${by.line}`);
      return undefined;
    }
    if (!`${to}/`.startsWith(`${prefix}/`) || isLeftOut(place, to)) {
      beyond.push({ ...by, to: name });
      return undefined;
    }
    let stats: Stats;
    try {
      stats = lstatSync(bytesOf(root + to));
    } catch (error) {
      unread.set(to, codeOf(error));
      return undefined;
    }
    if (!stats.isFile()) {
      irregular.add(to);
      return undefined;
    }
    const file: FoundFile = { path: to, stats, kind: { opened: 'as code', kind } };
    files.set(to, file);
    added.set(to, new Set([`${by.path}:${by.line}`]));
    const folder = to.slice(0, to.lastIndexOf('/'));
    if (isOpenFolder(root, folder)) open.add(folder);
    return file;
  };

  const queue = [...code];
  // The queue grows while it is walked through.
  for (const file of queue) {
    const { path } = file;
    const sourcing = sourcingOf(file);
    untold.push(...sourcing.untold.map((one) => ({ path, ...one })));
    for (const name of sourcing.named) {
      const by = { path, line: name.line };
      const all = candidates(file, name);
      if (all === undefined) untold.push({ ...by, text: `~/${name.path}` });
      for (const one of all ?? []) {
        const to = resolveIn(root, one);
        const next = to === undefined ? undefined : take(to, by, one);
        if (next !== undefined) queue.push(next);
        const inLibrary = name.from === 'search' && ends.has(name.path);
        if (to === undefined && !inLibrary) absent.push({ ...by, to: one });
      }
    }
  }
  const all = [...files.values()].map((file) => {
    const namedBy = added.get(file.path);
    return namedBy === undefined ? file : { ...file, namedBy: [...namedBy] };
  });
  return {
    files: all.sort((a, b) => byBytes(a.path, b.path)),
    irregular: [...irregular].sort(byBytes),
    outside: search.outside,
    open: [...open].sort(byBytes),
    unread: [...unread].map(([path, message]) => ({ path, message })).sort((a, b) => byBytes(a.path, b.path)),
    untold: untold.sort(byPlace),
    beyond: beyond.sort(byPlace),
    absent: absent.sort(byPlace),
  };
}

/** The paths of files, counted from each of the folders above them. */
function endsOf(files: readonly FoundFile[]): ReadonlySet<string> {
  const ends = new Set<string>();
  for (const { path } of files) {
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      ends.add(path.slice(slash + 1));
    }
  }
  return ends;
}

/** A folder and those above it, the root of the system excluded. */
function foldersAbove(folder: string): readonly string[] {
  const all: string[] = [];
  for (let at = folder; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) all.push(at);
  return all;
}

function byPlace(a: Where, b: Where): number {
  return byBytes(a.path, b.path) || a.line - b.line;
}
