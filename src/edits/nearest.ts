import { lineAt } from '../target/lines.ts';
import type { Change, Span } from '../target/contract.ts';

/** Less than this is like anything. */
const LEAST = 4;

/**
 * The line of a scope that is the most like a text that was looked for in vain: where the longest piece of its
 * longest line is; the scope's first line where nothing is like it.
 *
 * @returns 1-based, of the whole file
 */
export function nearestLine(whole: string, scope: Span, find: Change['find']): number {
  const text = literal(find);
  const within = whole.slice(scope.start, scope.end);
  for (let length = text.length; length >= LEAST; length -= 1) {
    for (let from = 0; from + length <= text.length; from += 1) {
      const at = within.indexOf(text.slice(from, from + length));
      if (at >= 0) return lineAt(whole, scope.start + at);
    }
  }
  return lineAt(whole, scope.start);
}

/** The longest stretch without a line's end that what is looked for must hold, or nearly. */
function literal(find: Change['find']): string {
  const parts =
    typeof find === 'string'
      ? find.split('\n')
      : find.source.split(/\\[A-Za-z]|(?<!\\)[.*+?^${}()|[\]]/).map((part) => part.replace(/\\(.)/g, '$1'));
  return parts.reduce((best, part) => (part.trim().length > best.length ? part.trim() : best), '');
}
