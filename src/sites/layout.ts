import type { Mask } from '../target/contract.js';
import { blocksOf } from './blocks.js';
import type { Block } from './blocks.js';
import { directivesOf, guardsOf } from './directives.js';
import type { Directive } from './directives.js';
import { codeOnly } from './regions.js';
import type { Region } from './regions.js';

/** How a C file is laid out: what stands where, before anything is parsed. */
export interface Layout {
  readonly directives: readonly Directive[];
  readonly steps: ReturnType<typeof guardsOf>;
  /** The file with comments, strings and directives blanked. */
  readonly code: string;
  readonly blocks: readonly Block[];
}

/**
 * Lays out a C file.
 *
 * @param text its bytes as latin1
 * @param regions its comments and strings
 */
export function layoutOf(text: string, regions: readonly Region[]): Layout {
  const code = codeOnly(text, regions);
  const directives = directivesOf(code);
  const blank = codeOnly(
    code,
    directives.map(({ start, end }) => ({ start, end, kind: 'comment' as const })),
  );
  return { directives, steps: guardsOf(directives), code: blank, blocks: blocksOf(blank, directives) };
}

/** The masks of a target that apply to a file. */
export function masksOf(masks: readonly Mask[], file: string): readonly Mask[] {
  return masks.filter((mask) => mask.files.test(file));
}
