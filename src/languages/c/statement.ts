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
  let start = body.start + 1;
  let depth = 0;
  for (let mark = start; mark < body.end; mark += 1) {
    const sign = code.charCodeAt(mark);
    if (sign === OPENS) depth += 1;
    else if (sign === CLOSES) depth = Math.max(0, depth - 1);
    else if (sign === BEGINS || sign === ENDS || (sign === ENDS_ONE && depth === 0)) {
      const one = sign === ENDS_ONE;
      if (mark >= at) return trimmed(code, start, one ? mark + 1 : mark);
      start = mark + 1;
      // A brace begins anew, whatever a conditional branch has left open before it.
      if (!one) depth = 0;
    }
  }
  return trimmed(code, start, body.end);
}

function trimmed(code: string, start: number, end: number): Span {
  const blank = /\S/.exec(code.slice(start, end))?.index ?? 0;
  return { start: start + blank, end };
}

const [OPENS, CLOSES, BEGINS, ENDS, ENDS_ONE] = [0x28, 0x29, 0x7b, 0x7d, 0x3b];
