import { isFor } from './capabilities.ts';
import type { Patch, Release, Target } from './contract.ts';

/** The patches of a series that a release has: those with an edit for it. */
export function patchesFor(target: Pick<Target, 'edits' | 'patches'>, release: Release): readonly Patch[] {
  const made = new Set(target.edits.flatMap((edit) => (isFor(edit, release) ? [edit.patch] : [])));
  return target.patches.filter(({ id }) => made.has(id));
}
