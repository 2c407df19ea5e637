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
  /** Whether `*`, `?` and `[` in it stand for what is there. */
  readonly pattern: boolean;
}

/** A place where what is opened is computed. */
export interface Untold {
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

/** The number of the line that an offset lies in, from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let feed = text.indexOf('\n'); feed >= 0 && feed < offset; feed = text.indexOf('\n', feed + 1))
    line += 1;
  return line;
}
