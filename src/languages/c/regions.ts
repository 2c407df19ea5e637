import type { Mask } from '../../target/contract.ts';
import type { Region } from '../regions.ts';

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
