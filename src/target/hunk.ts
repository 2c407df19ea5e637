import type { Change } from './contract.js';
import { quoted } from './quoted.js';

/** A line of a hunk: context, taken out or put in. */
export interface Line {
  /** In the file of hunks, 1-based. */
  readonly line: number;
  readonly sign: ' ' | '-' | '+';
  /** Without the sign. */
  readonly text: string;
}

/**
 * How the lines of a hunk stand in what it changes: `lines`, as whole lines; `begins`, the text begins with them;
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
  if (first < 0) return 'a hunk changes nothing';
  const changed = hunk.slice(first, last + 1);
  if (changed.some(({ sign }) => sign === ' ')) return 'a hunk changes one place: write another behind @@';
  const signs = changed.map(({ sign }) => sign).join('');
  if (signs.includes('+-')) return 'what is taken out stands before what is put in';
  const texts = (lines: readonly Line[]): readonly string[] => lines.map(({ text }) => text);
  const out = texts(changed.filter(({ sign }) => sign === '-'));
  const put = texts(changed.filter(({ sign }) => sign === '+'));
  if (standing !== 'lines') {
    if (out.length === 0 || changed.length < hunk.length)
      return 'a text within a line, a call or a statement is taken out, and another put in, without context';
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
    if (put.length === 0 && changed.length < hunk.length) return 'what is only taken out has no context';
    return { find: lines(before, whole(out), after), put: 'replace', text };
  }
  if (before === '' && after === '') return 'what is put in has context';
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
  if (line?.sign !== '+' || hunk.length > 1) return 'one line is put into sorted ones';
  const one = like
    .split('...')
    .map((part) => quoted(part))
    .join('.*');
  return { find: new RegExp(`(?:^${one}\\n)+`, 'm'), put: 'sorted', text: `${line.text}\n` };
}
