import { problem } from '../problems.ts';
import type { Tree } from '../target/contract.ts';

/** A tree in which every line ends with LF, with the way back to what is on the disk. */
export interface LineEnds {
  /** Files whose lines all end with CR LF are read without the CR; all others are read as they are. */
  readonly tree: Tree;
  /** How many of the files that were read so far are such. */
  count(): number;
  /** Whether the lines of a file all end with CR LF on the disk. */
  carriage(file: string): boolean;
  /** A text made of {@link tree}'s, with the line ends of CR LF. */
  restored(text: string): string;
}

/**
 * Reads a tree so that rules and edits, which are written for LF, hold for a tree whose files were converted, as a
 * checkout with core.autocrlf and `unzip -a` do. A file that has line ends of both kinds is nobody's convention: it is
 * read as it is, byte for byte.
 */
export function lineEndsOf(tree: Tree): LineEnds {
  const known = new Map<string, boolean>();
  const carriage = (file: string): boolean => {
    const had = known.get(file);
    if (had !== undefined) return had;
    const made = hasCarriage(file, tree.read(file));
    known.set(file, made);
    return made;
  };
  return {
    tree: {
      ...tree,
      read: (file) => (carriage(file) ? tree.read(file).replaceAll('\r\n', '\n') : tree.read(file)),
    },
    count: () => [...known.values()].filter(Boolean).length,
    carriage: (file) => tree.has(file) && carriage(file),
    restored: (text) => text.replaceAll('\n', '\r\n'),
  };
}

/** @throws Problem `line-ends` for a text whose lines end with CR alone: no reader here takes that for an end */
function hasCarriage(file: string, text: string): boolean {
  const first = text.indexOf('\r');
  if (first < 0) return false;
  if (!text.includes('\n') && text.includes('\r', first + 1))
    throw problem('line-ends', { file, detail: 'its lines end with CR alone' });
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    if (text[at - 1] !== '\r') return false;
  }
  return text.includes('\n');
}
