import type { Span } from '../../target/contract.ts';

/**
 * The statement around an offset in a function's body, up to the brace that it opens if it opens one. It is all
 * that a parser must see to tell what is there: whole functions are a hundred times as long.
 *
 * @param code the file with comments, strings and directives blanked
 * @param body of the function, from `{` to `}`
 * @param at an offset within it
 */
export function statementAround(code: string, body: Span, at: number): Span {
  const marks = /[(){};]/g;
  marks.lastIndex = body.start + 1;
  let start = body.start + 1;
  let depth = 0;
  for (let mark = marks.exec(code); mark && mark.index < body.end; mark = marks.exec(code)) {
    const braces = mark[0] === '{' || mark[0] === '}';
    const ends = braces || (mark[0] === ';' && depth === 0);
    if (ends && mark.index >= at) return trimmed(code, start, mark[0] === ';' ? mark.index + 1 : mark.index);
    if (ends) start = mark.index + 1;
    // A brace begins anew, whatever a conditional branch has left open before it.
    if (braces) depth = 0;
    else if (mark[0] === '(') depth += 1;
    else if (mark[0] === ')') depth = Math.max(0, depth - 1);
  }
  return trimmed(code, start, body.end);
}

function trimmed(code: string, start: number, end: number): Span {
  const blank = /\S/.exec(code.slice(start, end))?.index ?? 0;
  return { start: start + blank, end };
}
