import type { Patch, Release, Target } from '../target/contract.js';

/**
 * The rules whose sites open code in a tree that carries these patches: a patch rewrites them, or what they call.
 *
 * @param patches those of the series that is made
 * @returns their ids
 */
export function flaggedRules(
  target: Target,
  release: Release,
  patches: readonly Patch[],
): ReadonlySet<string> {
  const made = new Set(patches.map(({ id }) => id));
  const rewritten = target.edits.flatMap((edit) =>
    'rule' in edit && made.has(edit.patch) && edit.for?.(release) !== false ? [edit.rule] : [],
  );
  const through = target.rules.flatMap((rule) =>
    rule.through !== undefined && made.has(rule.through) ? [rule.id] : [],
  );
  return new Set([...rewritten, ...through]);
}
