import type { Change, Edit } from './contract.ts';
import { expression } from './expression.ts';
import { wrapped } from './wrapped.ts';

/** A change of documentation or news that is not made, since its place is not there. */
export interface LeftOut {
  readonly patch: string;
  readonly file: string;
  /** How many times the text next to it was found; undefined where there is no such file. */
  readonly found: number | undefined;
}

/**
 * Whether a change is left out of a text: its edit allows that, and the text next to it does not occur exactly once.
 */
export function isLeftOut(
  edit: Extract<Edit, { readonly file: string }>,
  change: Change,
  text: string,
): boolean {
  return edit.degrades === true && [...text.matchAll(expression(change.find))].length !== 1;
}

/** A sentence about a change that is left out. */
export function toldLeftOut({ file, found }: LeftOut): string {
  const why =
    found === undefined
      ? 'the tree has no such file'
      : found === 0
        ? 'the text next to it is missing'
        : `the text next to it occurs ${found} times`;
  return `Left out: a change of ${file}, since ${why}.`;
}

/** The width of a patch's message. */
const WIDTH = 72;

/** The body of a patch's message with what is left out of the patch at its end. */
export function withLeftOut(body: string, left: readonly LeftOut[]): string {
  if (left.length === 0) return body;
  return (
    [body.trimEnd(), ...left.map((one) => wrapped(toldLeftOut(one), WIDTH).join('\n'))].join('\n\n') + '\n'
  );
}
