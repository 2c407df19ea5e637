import type { Change, Release, Span } from '../target/contract.ts';
import { endingAs } from '../target/ending-as.ts';
import { expression } from '../target/expression.ts';

/** That a change is there, or is not, and the offset of the text that says so. */
export interface Carried {
  readonly there: boolean;
  readonly at: number;
}

/**
 * Whether a file carries a change already, seen by its text.
 *
 * @param whole the file
 * @param scope where the text to change is looked for
 * @returns undefined when the text does not tell: what is to be replaced and what it is replaced by are both
 * there, or none of them, or the text is a template's, which is not filled here
 */
export function carried(change: Change, whole: string, scope: Span, release: Release): Carried | undefined {
  const { text } = change;
  if (typeof text === 'object') return undefined;
  const matches = [...whole.slice(scope.start, scope.end).matchAll(expression(change.find))];
  const put = (match: RegExpExecArray): string =>
    endingAs(whole, typeof text === 'string' ? text : text(match, release));
  const beside = matches.find((match) =>
    isThere(whole, scope.start + match.index, match[0], put(match), change.put),
  );
  if (beside) return { there: true, at: scope.start + beside.index };
  // Another change may have come between: then the text is there, though not beside what it was put to.
  const [first] = matches;
  const wanted = typeof text === 'string' ? endingAs(whole, text) : first && put(first);
  const elsewhere = wanted === undefined ? -1 : whole.indexOf(wanted);
  if (first === undefined) {
    return change.put === 'replace' && elsewhere >= 0 ? { there: true, at: elsewhere } : undefined;
  }
  return elsewhere >= 0 ? undefined : { there: false, at: scope.start + first.index };
}

function isThere(whole: string, at: number, found: string, put: string, how: Change['put']): boolean {
  if (put === '') return false;
  if (how === 'after') return whole.startsWith(put, at + found.length);
  if (how === 'before') return at >= put.length && whole.startsWith(put, at - put.length);
  if (how === 'sorted') return found.split(/\r?\n/).includes(put.replace(/\r?\n$/, ''));
  const within = put.indexOf(found);
  return within >= 0 && at >= within && whole.startsWith(put, at - within);
}
