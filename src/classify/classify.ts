import { isFor } from '../target/capabilities.ts';
import type { Edit, Release, Rule, Site, Target, Tree } from '../target/contract.ts';
import { problem } from '../problems.ts';
import { isLeftOut } from '../target/left-out.ts';
import { carried } from './carried.ts';
import { matcherOf } from './match.ts';
import { matcher } from '../target/pattern.ts';
import { lineAt } from '../target/lines.ts';
import { visible } from '../target/visible.ts';

/** A site with the rule that decides it; without one it is undecided. */
export interface Decision {
  readonly site: Site;
  readonly rule: Rule | undefined;
  /** Rules that match it as well, where none says that it comes before the others. */
  readonly clash?: readonly Rule[];
}

/** Whether a tree carries a patch of the series already. */
export type Presence = ReadonlyMap<string, boolean>;

/** Decides each site by the one rule that matches, or that takes it from the others that do; a suggested one decides none. */
export function decide(sites: readonly Site[], target: Pick<Target, 'rules'>): readonly Decision[] {
  const matcher = matcherOf(target.rules.filter(({ suggested }) => suggested !== true));
  return sites.map((site): Decision => {
    const [first, ...others] = matcher.matching(site);
    if (first === undefined || others.length === 0) return { site, rule: first };
    const rules = [first, ...others];
    const taker = rules.find((one) => rules.every((other) => other === one || takes(one, other)));
    return taker === undefined ? { site, rule: first, clash: others } : { site, rule: taker };
  });
}

/** Where each says that it comes before the other, neither does. */
function takes(one: Rule, other: Rule): boolean {
  return isBefore(one, other) && !isBefore(other, one);
}

function isBefore(one: Rule, other: Rule): boolean {
  return one.before !== undefined && matcher(one.before)(other.id);
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
    throw problem('half-patched', { patch, detail: `${here} is patched, but ${gone} is not` });
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
 * Fails where rules contradict each other.
 *
 * @throws Problem `rules-overlap`
 */
export function assertOrdered(decisions: readonly Decision[], target: Target): void {
  const both = decisions.flatMap(({ site, rule, clash = [] }) =>
    clash.length === 0 ? [] : [`  ${placeOf(site)}: ${[rule, ...clash].map((one) => one?.id).join(', ')}`],
  );
  if (both.length === 0) return;
  throw problem('rules-overlap', { count: both.length, target: target.name, list: both.join('\n') });
}

/**
 * Fails when a site is decided by no rule.
 *
 * @param name of the release, `name@version`
 * @throws Problem `unreviewed`
 */
export function assertDecided(decisions: readonly Decision[], name: string): void {
  const open = decisions.filter((one) => one.rule === undefined);
  if (open.length === 0) return;
  const list = open.map(({ site }) => `  ${placeOf(site)}`);
  throw problem('unreviewed', { count: open.length, release: name, list: list.join('\n') });
}

/** A site in a line of a list. */
export function placeOf(site: Site): string {
  return visible(`${site.file}:${site.line}: ${site.owner.name}: ${site.text}`);
}
