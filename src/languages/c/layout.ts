import type { Mask, Target } from '../../target/contract.ts';
import { Outline } from '../language.ts';
import type { Source } from '../language.ts';
import { regionsOf } from './regions.ts';
import { blocksOf } from './blocks.ts';
import type { Block } from './blocks.ts';
import { directivesOf, guardsOf } from './directives.ts';
import type { Directive } from './directives.ts';
import { codeOnly } from '../regions.ts';
import type { Region } from '../regions.ts';

/** How a C file is laid out: what is where, before anything is parsed. */
export class Layout extends Outline {
  readonly language = 'c';
  readonly directives: readonly Directive[];
  readonly steps: ReturnType<typeof guardsOf>;
  /** The file with comments, strings and directives blanked. */
  readonly code: string;
  readonly blocks: readonly Block[];

  /**
   * @param text the file's bytes as latin1
   * @param regions its comments and strings
   */
  constructor(text: string, regions: readonly Region[]) {
    super();
    const code = codeOnly(text, regions);
    this.directives = directivesOf(code);
    this.code = codeOnly(
      code,
      this.directives.map(({ start, end }) => ({ start, end, kind: 'comment' as const })),
    );
    this.steps = guardsOf(this.directives);
    this.blocks = blocksOf(this.code, this.directives);
  }
}

/** The layout of a file of a target, of its outline where that is known. */
export function layoutOf(
  { file, text }: Source,
  { masks }: Pick<Target, 'masks'>,
  outline?: Outline,
): Layout {
  return outline instanceof Layout ? outline : new Layout(text, regionsOf(text, masksOf(masks, file)));
}

/** The masks of a target that apply to a file. */
export function masksOf(masks: readonly Mask[], file: string): readonly Mask[] {
  return masks.filter((mask) => mask.files.test(file));
}
