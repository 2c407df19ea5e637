import type { Change } from './contract.ts';
import { quoted } from './quoted.ts';

/** A line of a hunk: context, taken out or put in. */
export interface Line {
  /** In the file of hunks, 1-based. */
  readonly line: number;
  readonly sign: ' ' | '-' | '+';
  /** Without the sign. */
  readonly text: string;
}

/**
 * How the lines of a hunk lie in what it changes: `lines`, as whole lines; `begins`, the text begins with them;
 * `within`, anywhere in it.
 */
type Standing = 'lines' | 'begins' | 'within';

/**
 * The change that a hunk is. What is put in is put before or after its context, which stays as it is.
 *
 * @returns a sentence where it is none
 */
export function changeOf(hunk: readonly Line[], standing: Standing): Change | string {
  const first = hunk.findIndex(({ sign }) => sign !== ' ');
  const last = hunk.findLastIndex(({ sign }) => sign !== ' ');
  if (first < 0) return 'the hunk changes nothing';
  const changed = hunk.slice(first, last + 1);
  if (changed.some(({ sign }) => sign === ' '))
    return 'a hunk changes one place: write a second hunk after @@';
  const signs = changed.map(({ sign }) => sign).join('');
  if (signs.includes('+-')) return 'write the removed lines (-) before the added lines (+)';
  const texts = (lines: readonly Line[]): readonly string[] => lines.map(({ text }) => text);
  const out = texts(changed.filter(({ sign }) => sign === '-'));
  const put = texts(changed.filter(({ sign }) => sign === '+'));
  if (standing !== 'lines') {
    if (out.length === 0 || changed.length < hunk.length)
      return 'within a line, call or statement, remove a text and add another, without context';
    const find = out.join('\n');
    return {
      find: standing === 'within' ? find : new RegExp(`^${quoted(find)}`),
      put: 'replace',
      text: put.join('\n'),
    };
  }
  const whole = (lines: readonly string[]): string => lines.map((one) => `${one}\n`).join('');
  const [before, after] = [whole(texts(hunk.slice(0, first))), whole(texts(hunk.slice(last + 1)))];
  const text = whole(put);
  if (out.length > 0) {
    // What was taken out is put back wherever it can have stood: nothing is left there that tells where.
    if (put.length === 0 && changed.length < hunk.length)
      return 'a hunk that only removes lines takes no context';
    return { find: lines(before, whole(out), after), put: 'replace', text };
  }
  if (before === '' && after === '') return 'a hunk that only adds lines needs context';
  if (after === '') return { find: lines('', before, ''), put: 'after', text };
  if (before === '') return { find: lines('', after, ''), put: 'before', text };
  return { find: lines(before, '', after), put: 'after', text };
}

/** Whole lines, behind others and before others. */
function lines(before: string, found: string, after: string): RegExp {
  const behind = before === '' ? '^' : `(?<=^${quoted(before)})`;
  return new RegExp(behind + quoted(found) + (after === '' ? '' : `(?=${quoted(after)})`), 'm');
}

/**
 * The change that puts a line into a sorted block.
 *
 * @param like what each line of the block is like: `...` is any text
 * @returns a sentence where the hunk is none
 */
export function sortedInto(like: string, hunk: readonly Line[]): Change | string {
  const [line] = hunk;
  if (line?.sign !== '+' || hunk.length > 1) return 'a sorted hunk adds exactly one line';
  const one = like
    .split('...')
    .map((part) => quoted(part))
    .join('.*');
  return { find: new RegExp(`(?:^${one}\\n)+`, 'm'), put: 'sorted', text: `${line.text}\n` };
}
