import type { Site, Span } from '../target/contract.ts';

/** What a hit is when it is no site: its place says that it opens nothing. */
export type Other = 'comment' | 'string' | 'prototype' | 'directive' | 'local' | 'dead';

/** What became of a hit. */
export type Judged = { readonly other: Other } | { readonly site: Found };

/** A site before it has its place in the file's order. */
export type Found = Omit<Site, 'id' | 'line' | 'column'>;

/** Line and column, both 1-based, of byte offsets; the lines are found once a file. */
export class Lines {
  private readonly starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  /** The place of an offset. */
  at(offset: number): { line: number; column: number } {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.starts[low] ?? 0) + 1 };
  }
}

/**
 * Gives the sites of a file their names and places.
 *
 * @param found in the order of the file
 */
export function named(found: readonly Found[], lines: Lines): readonly Site[] {
  const seen = new Map<string, number>();
  return found.map((one) => {
    const stem = [one.file, one.owner.name, one.callee, one.text].join('#');
    const ordinal = (seen.get(stem) ?? 0) + 1;
    seen.set(stem, ordinal);
    return { id: `${stem}#${ordinal}`, ...one, ...lines.at(one.spans.callee.start) };
  });
}

/** A span made of two offsets. */
export function span(start: number, end: number): Span {
  return { start, end };
}
