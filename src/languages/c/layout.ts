import type { Mask, Span, Target } from '../../target/contract.ts';
import { Outline } from '../language.ts';
import type { Source } from '../language.ts';
import { regionsOf } from './regions.ts';
import { blocksOf } from './blocks.ts';
import type { Block } from './blocks.ts';
import { directivesOf, guardsOf } from './directives.ts';
import type { Directive } from './directives.ts';
import { once } from '../once.ts';
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
  /** Where its strings and character constants are, in order. */
  private readonly literals: () => readonly Literal[];

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
    this.literals = once(() => literalsIn(text, regions, this.directives));
  }

  /**
   * The code of a part of the file for a parser, each byte in its place. A string or character constant is an empty one
   * there: an argument that is left out is an error, and all that follow it have another place.
   */
  parsable({ start, end }: Span): string {
    const parts: string[] = [];
    let from = start;
    const literals = this.literals();
    for (let at = firstFrom(literals, start); ; at += 1) {
      const one = literals[at];
      if (one === undefined || one.end > end) break;
      parts.push(this.code.slice(from, one.start), one.text);
      from = one.start + one.text.length;
    }
    return parts.join('') + this.code.slice(from, end);
  }
}

/** A string or a character constant outside of directives, and what is put in its place. */
interface Literal extends Span {
  readonly text: '""' | '0 ';
}

function literalsIn(
  text: string,
  regions: readonly Region[],
  directives: readonly Directive[],
): readonly Literal[] {
  let next = 0;
  return regions.flatMap(({ start, end, kind }): readonly Literal[] => {
    if (kind !== 'string' || end - start < 2) return [];
    while ((directives[next]?.end ?? Infinity) <= start) next += 1;
    if ((directives[next]?.start ?? Infinity) <= start) return [];
    if (text[start] === '"') return [{ start, end, text: '""' }];
    return text[start] === "'" ? [{ start, end, text: '0 ' }] : [];
  });
}

/** The place of the first of some spans in order that begins at an offset or behind it. */
function firstFrom(spans: readonly Span[], offset: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? Infinity) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
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
