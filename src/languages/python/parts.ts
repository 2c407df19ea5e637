import type { Span } from '../../target/contract.ts';
import { regionAt } from '../regions.ts';
import type { Region } from '../regions.ts';

// A literal may have letters before it; what is not closed is none.
const LITERALS =
  /#[^\n]*|([A-Za-z]{0,2})(?:"""(?:[^\\"]|\\[^]|"(?!""))*"""|'''(?:[^\\']|\\[^]|'(?!''))*'''|"(?:[^"\\\n]|\\\r?\n|\\.)*"|'(?:[^'\\\n]|\\\r?\n|\\.)*')/g;

/** What of a Python file is no code, told without a parser. */
export interface PythonText {
  /** Comments and literals, in order. */
  readonly regions: readonly Region[];
  /** Where literals start that may hold code. */
  readonly formatted: ReadonlySet<number>;
}

/** Finds the comments and literals of a Python file. */
export function pythonText(text: string): PythonText {
  const regions: Region[] = [];
  const formatted = new Set<number>();
  for (const { 0: found, 1: letters, index } of text.matchAll(LITERALS)) {
    const kind = found.startsWith('#') ? 'comment' : 'string';
    regions.push({ start: index, end: index + found.length, kind });
    if (letters !== undefined && /f/i.test(letters)) formatted.add(index);
  }
  return { regions, formatted };
}

/** A stretch of a file that is parsed by itself. */
export interface Part extends Span {
  /** The class that it is a part of. */
  readonly whole?: Span;
  /** That class's name, where its head is in another part. */
  readonly within?: string;
}

/**
 * Divides a file into parts that can be parsed by themselves: before the definitions in the first column, and
 * before those in a class. No definition is in brackets, and one in the first column ends all that is before
 * it, so that each part is a number of whole statements.
 */
export function partsOf(text: string, regions: readonly Region[]): readonly Part[] {
  return divided(text, regions, { start: 0, end: text.length }, '').flatMap((block): readonly Part[] => {
    const name = className(text, regions, block);
    if (name === undefined) return [block];
    const end = endOfClass(text, regions, block);
    const whole = { start: block.start, end };
    const rest = end < block.end ? [{ start: end, end: block.end }] : [];
    const indentation = indentationOf(text, regions, whole);
    if (indentation === undefined) return [whole, ...rest];
    const [head, ...others] = divided(text, regions, whole, indentation);
    const methods = others.map((one) => ({ ...one, whole, within: name }));
    return [{ ...(head ?? whole), whole }, ...methods, ...rest];
  });
}

/** Cuts a stretch before each definition of that indentation, and before the decorators of one. */
function divided(
  text: string,
  regions: readonly Region[],
  stretch: Span,
  indentation: string,
): readonly Span[] {
  const cuts: number[] = [];
  let decorated = false;
  for (const { start, word } of definitions(text, regions, stretch, indentation)) {
    if (!decorated && start > stretch.start) cuts.push(start);
    decorated = word === '@';
  }
  return [stretch.start, ...cuts].map((start, index) => ({ start, end: cuts[index] ?? stretch.end }));
}

function* definitions(
  text: string,
  regions: readonly Region[],
  stretch: Span,
  indentation: string,
): Generator<{ readonly start: number; readonly word: string }> {
  const head = new RegExp(`^${indentation}(@|class\\b|(?:async[ \\t]+)?def\\b)`, 'gm');
  head.lastIndex = stretch.start;
  for (let found = head.exec(text); found && found.index < stretch.end; found = head.exec(text)) {
    if (!regionAt(regions, found.index)) yield { start: found.index, word: found[1] ?? '' };
  }
}

/** The name of the class that a block is the definition of. */
function className(text: string, regions: readonly Region[], block: Span): string | undefined {
  for (const { start, word } of definitions(text, regions, block, '')) {
    if (word === 'class') return /^class[ \t]+([A-Za-z_]\w*)/.exec(text.slice(start, start + 200))?.[1];
    if (word !== '@') return undefined;
  }
  return undefined;
}

/** Where the statement is that follows a class, or the end of its block. */
function endOfClass(text: string, regions: readonly Region[], block: Span): number {
  const statement = /^[^\s#)\]}]/gm;
  let headSeen = false;
  statement.lastIndex = block.start;
  for (let found = statement.exec(text); found && found.index < block.end; found = statement.exec(text)) {
    if (inside(regions, found.index)) continue;
    if (headSeen) return found.index;
    headSeen = text.startsWith('class', found.index);
  }
  return block.end;
}

/** The indentation of the methods of a class. */
function indentationOf(text: string, regions: readonly Region[], whole: Span): string | undefined {
  let least: string | undefined;
  const head = /^([ \t]+)(?:@|(?:class|def|async)\b)/gm;
  head.lastIndex = whole.start;
  for (let found = head.exec(text); found && found.index < whole.end; found = head.exec(text)) {
    if (regionAt(regions, found.index)) continue;
    if (found[1] !== undefined && found[1].length < (least?.length ?? Infinity)) least = found[1];
  }
  return least;
}

/** Whether an offset lies within a literal or comment, and not where one begins. */
function inside(regions: readonly Region[], offset: number): boolean {
  const region = regionAt(regions, offset);
  return region !== undefined && region.start < offset;
}
