import type { Mask, Span } from '../target/contract.js';

/** A stretch of a C file that is no code. */
export interface Region extends Span {
  readonly kind: 'comment' | 'string';
}

// Comments may be unterminated at the end of a file; literals end with their line, so that the apostrophe of an
// `#error don't` or of text in a dead branch masks nothing that follows it.
const LITERALS =
  /\/\*[\s\S]*?(?:\*\/|$(?![\s\S]))|\/\/(?:[^\\\n]|\\\r?\n|\\.)*|"(?:[^"\\\n]|\\\r?\n|\\.)*"|'(?:[^'\\\n]|\\\r?\n|\\.)*'/g;

/**
 * The comments, strings and character constants of a C file, and the target's masks, in order.
 *
 * @param text the file as latin1
 * @param masks those of the target that apply to this file
 */
export function regionsOf(text: string, masks: readonly Mask[]): readonly Region[] {
  const masked: Region[] = [];
  for (const mask of masks) {
    const flags = mask.text.flags.replace(/[gm]/g, '') + 'gm';
    for (const found of text.matchAll(new RegExp(mask.text.source, flags))) {
      masked.push({ start: found.index, end: found.index + found[0].length, kind: mask.as });
    }
  }
  masked.sort((a, b) => a.start - b.start);

  const regions: Region[] = [];
  let next = 0;
  LITERALS.lastIndex = 0;
  for (;;) {
    const found = LITERALS.exec(text);
    const mask = masked[next];
    if (mask && (found === null || mask.start <= found.index)) {
      regions.push(mask);
      next += 1;
      LITERALS.lastIndex = mask.end;
      continue;
    }
    if (found === null) return regions;
    const comment = found[0].startsWith('/');
    regions.push({
      start: found.index,
      end: found.index + found[0].length,
      kind: comment ? 'comment' : 'string',
    });
  }
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
