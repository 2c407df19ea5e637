import type { PlannedEdit } from '../edits/plan.ts';
import type { Span } from '../target/contract.ts';

/**
 * Where a piece of a file ends up once the file's edits are made, with what they put at its ends.
 *
 * @param piece offsets before the edits
 * @param edits of that file alone, none of which overlaps another
 * @returns offsets after them
 */
export function movedSpan(piece: Span, edits: readonly PlannedEdit[]): Span {
  // An edit that reaches over an end of the piece belongs to it as a whole.
  const over = edits.filter((one) => one.start < piece.end && one.end > piece.start);
  const start = Math.min(piece.start, ...over.map((one) => one.start));
  const end = Math.max(piece.end, ...over.map((one) => one.end));
  let [from, to] = [start, end];
  for (const one of edits) {
    const grown = one.text.length - (one.end - one.start);
    const inserts = one.start === one.end;
    if (one.end < start || (one.end === start && !inserts)) from += grown;
    if (one.start < end || (one.start === end && inserts)) to += grown;
  }
  return { start: from, end: to };
}
