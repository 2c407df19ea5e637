import { isFor } from '../target/capabilities.js';
import type { Edit, Release, Rule, Site, Target, Tree } from '../target/contract.js';
import { problem } from '../problems.js';
import { isLeftOut } from '../target/left-out.js';
import { carried } from './carried.js';
import { numberOf } from '../target/counts.js';
import { lineAt } from '../target/lines.js';
import { visible } from '../target/visible.js';

/** A site with the rule that decides it; without one it is unreviewed. */
export interface Decision {
  readonly site: Site;
  readonly rule: Rule | undefined;
}

/** Whether a tree carries a patch of the series already. */
export type Presence = ReadonlyMap<string, boolean>;

/** Decides each site by the first rule that matches. */
export function decide(sites: readonly Site[], target: Target, release: Release): readonly Decision[] {
  return sites.map((site) => ({ site, rule: target.rules.find((rule) => rule.when(site, release)) }));
}

/** The first sign that a patch is in a tree, and the first that it is not; both where a part of it is there. */
export interface Trace {
  readonly patch: string;
  readonly here: string | undefined;
  readonly gone: string | undefined;
}

/**
 * What tells of each patch of the series in a tree: the files it creates, the sites it rewrites and the text that it
 * puts elsewhere. These are signs, and not yet a proof that the patch is there as this kit writes it.
 */
export function tracesOf(
  tree: Tree,
  decisions: readonly Decision[],
  target: Target,
  release: Release,
): readonly Trace[] {
  return target.patches.map(({ id }) => {
    const signs = target.edits
      .filter((edit) => edit.patch === id && isFor(edit, release))
      .flatMap((edit) => signsOf(edit, tree, decisions, release));
    return {
      patch: id,
      here: signs.find((sign) => sign.there)?.what,
      gone: signs.find((sign) => !sign.there)?.what,
    };
  });
}

/**
 * Which patches of the series a tree carries, seen by their traces.
 *
 * @throws Problem `half-patched` when a part of a patch is there and a part is not
 */
export function presenceOf(traces: readonly Trace[]): Presence {
  for (const { patch, here, gone } of traces) {
    if (here === undefined || gone === undefined) continue;
    throw problem('half-patched', { patch, detail: `${here} is patched, ${gone} is not` });
  }
  return new Map(traces.map(({ patch, here }) => [patch, here !== undefined]));
}

interface Sign {
  readonly what: string;
  readonly there: boolean;
}

function signsOf(edit: Edit, tree: Tree, decisions: readonly Decision[], release: Release): readonly Sign[] {
  if ('create' in edit) return [{ what: edit.create, there: tree.has(edit.create) }];
  if ('rule' in edit) {
    return decisions
      .filter((one) => one.rule?.id === edit.rule)
      .map(({ site }) => {
        const whole = tree.read(site.file);
        // What is put beside a call leaves the call as it was.
        const beside = edit.changes.every(
          (change) =>
            change.put !== 'replace' &&
            carried(change, whole, site.spans[edit.scope], release)?.there === true,
        );
        return { what: `${site.file}:${site.line}`, there: site.state === 'rewritten' || beside };
      });
  }
  if (!tree.has(edit.file)) return [];
  const whole = tree.read(edit.file);
  return edit.changes.flatMap((change) => {
    const sign = carried(change, whole, { start: 0, end: whole.length }, release);
    if (sign === undefined || (!sign.there && isLeftOut(edit, change, whole))) return [];
    return [{ what: `${edit.file}:${lineAt(whole, sign.at)}`, there: sign.there }];
  });
}

/**
 * Fails when a site is decided by no rule, or a rule decides another number of sites than it says.
 *
 * @throws Problem `unreviewed`, `rule-count`
 */
export function assertDecided(
  decisions: readonly Decision[],
  presence: Presence,
  target: Target,
  release: Release,
): void {
  const open = decisions.filter((one) => one.rule === undefined);
  if (open.length > 0) {
    const list = open.map(({ site }) => `  ${placeOf(site)}`);
    throw problem('unreviewed', { count: open.length, target: target.name, list: list.join('\n') });
  }
  const wrong: string[] = [];
  for (const rule of target.rules) {
    const mine = decisions.filter((one) => one.rule === rule);
    const expected = expectedOf(rule, presence, release);
    if (expected.includes(mine.length)) continue;
    const places = mine.map(({ site }) => `    ${placeOf(site)}`);
    wrong.push(
      [`  rule ${rule.id}: says ${expected.join(' or ')}, decides ${mine.length}`, ...places].join('\n'),
    );
  }
  if (wrong.length > 0) {
    const name = `${target.name}@${release.version}`;
    throw problem('rule-count', { target: target.name, release: name, list: wrong.join('\n') });
  }
}

/** A site in a line of a list. */
function placeOf(site: Site): string {
  return visible(`${site.file}:${site.line}: ${site.owner.name}: ${site.text}`);
}

/** How many sites a rule must decide in a tree that carries the patches given: one of these. */
function expectedOf(rule: Rule, presence: Presence, release: Release): readonly number[] {
  const pristine = numberOf(rule.sites, release);
  const more = Object.entries(rule.patched ?? {}).filter(([patch]) => presence.get(patch) === true);
  const added = more.reduce((sum, [, count]) => sum + numberOf(count, release), 0);
  return [pristine, ...(rule.also ?? [])].map((count) => count + added);
}
