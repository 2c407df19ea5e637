import { atLineStarts } from '../line-starts.ts';
import { regionAt } from '../regions.ts';
import type { Region } from '../regions.ts';

const HEAD = /sub\s+([\w:]+)/g;

/** Where a sub begins, by its head. */
export interface Sub {
  readonly name: string;
  readonly start: number;
}

/** The subs of a Perl file, in order. */
export function subsIn(text: string, regions: readonly Region[]): readonly Sub[] {
  return [...atLineStarts(text, HEAD)]
    .filter(({ index }) => !regionAt(regions, index))
    .map(({ index, 1: name = '-' }) => ({ name, start: index }));
}

/** Whether a sub is over at an offset: a brace in the first column ends it. */
export function hasEnded({ start }: Sub, text: string, at: number): boolean {
  return /^\}/m.test(text.slice(start, at));
}

/** Where the sub around an offset ends. */
export function endOfSub(text: string, at: number): number {
  const brace = text.indexOf('\n}', at - 1);
  return brace < 0 ? text.length : brace + '\n}'.length;
}
