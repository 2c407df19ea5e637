import type { Patch, Release, Target } from './contract.ts';
import type { LockedRule } from './lock.ts';
import { rewritingRules } from './rewriting.ts';

/**
 * The rules whose sites open code in a tree that carries these patches: a patch rewrites them, or what they call; or all
 * that a rule has in a release calls what opens code already.
 *
 * @param patches those of the series that is made
 * @param release where an edit is for some only, or a rule decides sites in some; all of them unless given
 * @returns their ids
 */
export function flaggedRules(
  target: Pick<Target, 'edits' | 'openers' | 'rules' | 'locks'>,
  patches: readonly Pick<Patch, 'id'>[],
  release?: Release,
): ReadonlySet<string> {
  const made = new Set(patches.map(({ id }) => id));
  // A release without a lock may have sites of any rule.
  const [lock] = release === undefined ? [] : target.locks.of(release.version);
  const decided = lock && new Set(lock.rules.map(({ id }) => id));
  const decides = ({ id }: Target['rules'][number]): boolean => decided?.has(id) ?? true;
  const through = target.rules.flatMap((rule) =>
    rule.through !== undefined && made.has(rule.through) && decides(rule) ? [rule.id] : [],
  );
  const already = made.size === 0 ? [] : (lock?.rules ?? []).filter((rule) => callsOnly(rule, target));
  return new Set([...rewritingRules(target, release, made), ...through, ...already.map(({ id }) => id)]);
}

/** Whether each site of a rule that marks calls a function that opens code, as its release has it. */
function callsOnly({ verdict, sites }: LockedRule, { openers }: Pick<Target, 'openers'>): boolean {
  return (
    verdict === 'mark' &&
    sites.every(({ id }) => {
      const [file = '', , callee = ''] = id.split('#', 3);
      return openers.some(
        ({ rewritten, files, token }) =>
          rewritten === true && files.test(file) && new RegExp(`^(?:${token.source})$`).test(callee),
      );
    })
  );
}
