import type { Span } from '../target/contract.ts';

/** A stretch of a file that is no code. */
export interface Region extends Span {
  readonly kind: 'comment' | 'string';
}

/** The region that holds an offset, by binary search. */
export function regionAt(regions: readonly Region[], offset: number): Region | undefined {
  let low = 0;
  let high = regions.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const region = regions[middle];
    if (region === undefined) return undefined;
    if (offset < region.start) high = middle - 1;
    else if (offset >= region.end) low = middle + 1;
    else return region;
  }
  return undefined;
}

/**
 * The text with regions blanked by spaces (new lines kept), so that a search sees code alone and every offset
 * stays what it was.
 */
export function codeOnly(text: string, regions: readonly Region[]): string {
  const bytes = Buffer.from(text, 'latin1');
  for (const { start, end } of regions) {
    bytes.fill(0x20, start, end);
    for (let feed = text.indexOf('\n', start); feed >= 0 && feed < end; feed = text.indexOf('\n', feed + 1)) {
      bytes[feed] = 0x0a;
    }
  }
  return bytes.toString('latin1');
}
