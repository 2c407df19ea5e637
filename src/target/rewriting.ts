import { isFor } from './capabilities.ts';
import type { Release, Target } from './contract.ts';

/**
 * The rules whose sites an edit of a series rewrites.
 *
 * @param release where an edit is for some only; any of them unless given
 * @param made ids of the patches of the series
 * @returns their ids
 */
export function rewritingRules(
  { edits }: Pick<Target, 'edits'>,
  release: Release | undefined,
  made: ReadonlySet<string>,
): ReadonlySet<string> {
  const counts = (edit: Target['edits'][number]): boolean =>
    made.has(edit.patch) && (release === undefined || isFor(edit, release));
  return new Set(edits.flatMap((edit) => ('rule' in edit && counts(edit) ? [edit.rule] : [])));
}
