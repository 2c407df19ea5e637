/** What a file of code says of the other files that it has opened as code. */

/** Where a path counts from. */
export type From =
  /** The root of the system: the path is absolute. */
  | 'root'
  /** The folder that the naming file lies in. */
  | 'itself'
  /** The naming file: the path goes on where its own ends. */
  | 'file'
  /** The home of whoever runs it. */
  | 'home'
  /** Folders that the interpreter looks through, one after the other. */
  | 'search';

/** A file that is named by a constant. */
export interface Named {
  /** Of the naming file, from 1. */
  readonly line: number;
  readonly from: From;
  /** Bytes as latin1; without the slash at its beginning where it does not count from the root. */
  readonly path: string;
  /** Whether `*`, `?` and `[` in it are patterns. */
  readonly pattern: boolean;
}

/** A place where what is opened is computed. */
export interface Untold {
  /** From 1; 0 where the text says something of the whole file. */
  readonly line: number;
  /** What stands there, in one line. */
  readonly text: string;
}

/** What one file names, in the order of its lines. */
export interface Sourcing {
  readonly named: readonly Named[];
  readonly untold: readonly Untold[];
}

/** Reads the text of a file (latin1). */
export type Reader = (text: string) => Sourcing;

/** For a file that names nothing. */
export const NOTHING: Sourcing = { named: [], untold: [] };

/** A stretch of code on one line, no longer than fits beside a path. */
export function oneLine(text: string): string {
  const folded = text.replace(/\s+/g, ' ').trim();
  return folded.length <= 60 ? folded : `${folded.slice(0, 57)}...`;
}

/** Tells the number of the line that an offset of a text lies in, from 1. */
export function linesOf(text: string): (offset: number) => number {
  const feeds: number[] = [];
  for (let feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', feed + 1)) feeds.push(feed);
  return (offset) => {
    let [low, high] = [0, feeds.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((feeds[middle] ?? offset) < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}

/**
 * How long a text may be that is parsed, in bytes, and how many places it may have where something is opened: beyond that it
 * is data that looks like code, for which a parser takes a minute.
 */
const MOST_BYTES = 1 << 20;
const MOST_PLACES = 10_000;

/** What is said of a file that is too much to be read; undefined for all that is written by people. */
export function tooMuch(text: string, places: number): Sourcing | undefined {
  const reason =
    text.length > MOST_BYTES
      ? `not parsed: longer than ${MOST_BYTES} bytes`
      : places > MOST_PLACES
        ? `not parsed: more than ${MOST_PLACES} places may source something`
        : undefined;
  return reason === undefined ? undefined : { named: [], untold: [{ line: 0, text: reason }] };
}
