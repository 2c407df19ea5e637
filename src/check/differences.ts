import { nearestLine } from '../edits/nearest.ts';
import { expression } from '../target/expression.ts';
import { textOf } from '../edits/plan.ts';
import { problem } from '../problems.ts';
import type { Problem } from '../problems.ts';
import type { Change, Span } from '../target/contract.ts';
import { lineAt } from '../target/lines.ts';
import { imagesOf } from './images.ts';
import type { Backwards } from './places.ts';
import type { Left } from './undo.ts';

/** A place where a tree has something else than what this kit writes. */
export interface Difference {
  readonly patch: string;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly found: string;
  readonly expected: string;
  /** True where most of the lines are those of this kit: another version's, or changed since. */
  readonly alike: boolean;
}

/** Of the lines of a text so many must stand in a tree that it is taken for that text, changed. */
const ALIKE = 0.5;
/** Lines with fewer letters stand everywhere. */
const TELLING = 6;

/** The first line in which a file differs from what this kit writes; undefined where they are the same. */
export function differenceOf(
  patch: string,
  file: string,
  found: string,
  expected: string,
): Difference | undefined {
  if (found === expected) return undefined;
  const [theirs, ours] = [found.split('\n'), expected.split('\n')];
  const at = ours.findIndex((line, index) => line !== theirs[index]);
  const index = at < 0 ? ours.length : at;
  return {
    patch,
    file,
    line: index + 1,
    found: theirs[index] ?? '',
    expected: ours[index] ?? '',
    alike: share(ours, new Set(theirs)) >= ALIKE,
  };
}

/** Where a hunk was looked for in vain, and what stands there. */
export function differenceLeft(
  { patch, file, change, scope, line: site, less }: Left,
  whole: string,
  backwards: Backwards,
): Difference {
  const within = whole.slice(scope.start, scope.end);
  const match = expression(change.find).exec(within);
  const images = imagesOf(change, backwards.release, backwards.render);
  const text =
    match === null ? (images[0]?.text ?? '') : textOf(change, match, backwards.release, backwards.render);
  const old = new Set(linesOf(match === null ? String(change.find) : match[0]));
  const ours = linesOf(text.replace(/^(?:[ \t]*\r?\n)+|\s+$/g, ''));
  const theirs = linesOf(whole);
  const added = ours.filter((line) => !old.has(line));
  // Where other changes of the series stand around it, it is found without these.
  const hidden = match === null && less !== undefined ? expression(change.find).exec(less) : null;
  const there =
    match !== null
      ? beside(change.put, within, match, added.length)
      : hidden !== null
        ? beside(change.put, less ?? '', hidden, added.length)
        : theirs;
  const alike = share(added, new Set(there)) >= ALIKE;
  const first = lineAt(whole, scope.start) - 1;
  const start = alike ? aligned(ours, theirs.slice(first, lineAt(whole, scope.end))) : undefined;
  if (start !== undefined) {
    const at = ours.findIndex((line, index) => line !== theirs[first + start + index]);
    const line = first + start + at + 1;
    if (at >= 0) return { patch, file, line, found: theirs[line - 1] ?? '', expected: ours[at] ?? '', alike };
  }
  const line =
    hidden === null
      ? (site ?? lineOf(change, whole, scope, match))
      : sameLine(less ?? '', lineOf(change, less ?? '', { start: 0, end: 0 }, hidden), theirs);
  return { patch, file, line, found: theirs[line - 1] ?? '', expected: added[0] ?? ours[0] ?? '', alike };
}

/** The line on which what a change puts should be. */
function lineOf({ find, put }: Change, whole: string, scope: Span, match: RegExpExecArray | null): number {
  if (match === null) return nearestLine(whole, scope, find);
  return lineAt(whole, scope.start + match.index + (put === 'after' ? match[0].length : 0));
}

/** The line of a file that is a line of the same file without some changes: of equal ones that with the same number. */
function sameLine(less: string, line: number, theirs: readonly string[]): number {
  const before = linesOf(less).slice(0, line);
  const text = before.at(-1);
  let left = before.filter((one) => one === text).length;
  const at = theirs.findIndex((one) => one === text && (left -= 1) === 0);
  return at < 0 ? line : at + 1;
}

/** Lines without the blank space around them, which a scope may cut. */
function linesOf(text: string): readonly string[] {
  return text.split('\n').map((line) => line.trim());
}

/** So many lines as were put, where they were put, and two more. */
function beside(
  put: Change['put'],
  within: string,
  match: RegExpExecArray,
  count: number,
): readonly string[] {
  if (put === 'after') return linesOf(within.slice(match.index + match[0].length)).slice(0, count + 2);
  if (put === 'before') return linesOf(within.slice(0, match.index)).slice(-count - 2);
  return [];
}

/** Where most of the lines of a text stand in a row: the index of the first of them, be it there or not. */
function aligned(ours: readonly string[], theirs: readonly string[]): number | undefined {
  const votes = new Map<number, number>();
  ours.forEach((line, index) => {
    theirs.forEach((other, at) => {
      if (other === line && telling(line)) votes.set(at - index, (votes.get(at - index) ?? 0) + 1);
    });
  });
  const [best] = [...votes].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return best === undefined || best[0] < 0 ? undefined : best[0];
}

function share(ours: readonly string[], theirs: ReadonlySet<string>): number {
  const lines = ours.filter(telling);
  return lines.length === 0 ? 0 : lines.filter((line) => theirs.has(line)).length / lines.length;
}

function telling(line: string): boolean {
  return line.replace(/\W/g, '').length >= TELLING;
}

/**
 * What to tell of a tree that carries patches otherwise than this kit writes them.
 *
 * @param differences at least one
 * @returns `stale` where what is there is like this kit's, `half-patched` where it is something else or nothing
 */
export function otherwise(differences: readonly [Difference, ...Difference[]]): Problem {
  const [first] = differences;
  const patches = [...new Set(differences.map(({ patch }) => patch))].join(', ');
  if (differences.some(({ alike }) => alike)) {
    return problem('stale', { patches, list: differences.map((one) => `  ${told(one)}`).join('\n') });
  }
  return problem('half-patched', { patch: first.patch, detail: told(first) });
}

function told({ file, line, found, expected }: Difference): string {
  const shown = (text: string): string => (text.trim() === '' ? 'nothing' : JSON.stringify(text.trim()));
  return `${file}:${line} has ${shown(found)}, but this kit writes ${shown(expected)} there`;
}
