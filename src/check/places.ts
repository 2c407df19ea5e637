import { expression } from '../target/expression.ts';
import { placed, textOf } from '../edits/plan.ts';
import { endingAs } from '../target/ending-as.ts';
import type { Change, Release, Span } from '../target/contract.ts';
import { imagesOf } from './images.ts';
import type { Image } from './images.ts';

/** Where the text of a change stands, and what stood there before. */
export interface Place extends Span {
  readonly original: string;
}

/** What reading a change backwards needs. */
export interface Backwards {
  readonly release: Release;
  /** Fills a template of the target. */
  readonly render: (template: string) => string;
}

/**
 * Where in a scope the text of a change can stand: beside what it was put to, then wherever that text is.
 *
 * @param whole the file
 */
export function placesOf(
  change: Change,
  whole: string,
  scope: Span,
  { release, render }: Backwards,
): readonly Place[] {
  const within = whole.slice(scope.start, scope.end);
  const beside =
    change.put === 'replace'
      ? []
      : [...within.matchAll(expression(change.find))].flatMap((match) => {
          const put = endingAs(whole, textOf(change, match, release, render));
          return besides(change.put, whole, scope.start + match.index, match[0], put);
        });
  const images = imagesOf(change, release, render);
  return [...beside, ...images.flatMap((image) => imagePlaces(image, change.put, within, scope))];
}

function besides(
  put: Change['put'],
  whole: string,
  at: number,
  found: string,
  text: string,
): readonly Place[] {
  if (text === '') return [];
  const end = at + found.length;
  if (put === 'after' && whole.startsWith(text, end)) {
    return [{ start: end, end: end + text.length, original: '' }];
  }
  if (put === 'before' && whole.startsWith(text, at - text.length)) {
    return [{ start: at - text.length, end: at, original: '' }];
  }
  if (put !== 'sorted') return [];
  const line = text.replace(/\r?\n$/, '');
  const places: Place[] = [];
  let start = at;
  for (const one of found.split(/(?<=\n)/)) {
    if (one.replace(/\r?\n$/, '') === line) {
      places.push({ start, end: start + one.length, original: '' });
      // The last line of a file that has no end was put behind one that has none, either.
      const before = /\r?\n$/.exec(whole.slice(at, start))?.[0].length ?? 0;
      places.push({ start: start - before, end: start + one.length, original: '' });
    }
    start += one.length;
  }
  return places;
}

function imagePlaces(image: Image, put: Change['put'], within: string, scope: Span): readonly Place[] {
  // What was taken out can have stood anywhere.
  if (image.text === '') {
    const original = image.original(Object.assign([''] as [string], { index: 0, input: '' }));
    return put === 'replace' ? [{ start: scope.start, end: scope.start, original }] : [];
  }
  return [...within.matchAll(image.pattern)].flatMap((match) => {
    // A group that is an indentation takes all blank space before it, and may be less.
    const blank = /^\s*/.exec(match[0])?.[0].length ?? 0;
    const sticky = new RegExp(image.pattern.source, 'y');
    return Array.from({ length: blank + 1 }, (_none, less) => less).flatMap((less): Place[] => {
      sticky.lastIndex = match.index + less;
      const part = sticky.exec(within);
      if (part === null) return [];
      const start = scope.start + part.index;
      const original = put === 'replace' ? image.original(part) : '';
      return [{ start, end: start + part[0].length, original }];
    });
  });
}

/**
 * A file without the text of a change, where the change made again gives the file as it is.
 *
 * @param whole the file
 * @returns undefined where there is no such text
 */
export function without(
  change: Change,
  whole: string,
  scope: Span,
  backwards: Backwards,
): string | undefined {
  for (const { start, end, original } of placesOf(change, whole, scope, backwards)) {
    const text = whole.slice(0, start) + endingAs(whole, original) + whole.slice(end);
    const length = text.length - whole.length;
    if (again(change, text, { start: scope.start, end: scope.end + length }, backwards) === whole)
      return text;
  }
  return undefined;
}

/** A file after a change; undefined where what it looks for does not stand exactly once. */
function again(
  change: Change,
  whole: string,
  scope: Span,
  { release, render }: Backwards,
): string | undefined {
  const found = [...whole.slice(scope.start, scope.end).matchAll(expression(change.find))];
  const [match] = found;
  if (match === undefined || found.length !== 1) return undefined;
  const put = placed(change.put, match[0], scope.start + match.index, textOf(change, match, release, render));
  return whole.slice(0, put.start) + endingAs(whole, put.text) + whole.slice(put.end);
}
