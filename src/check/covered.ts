import type { Decision } from '../classify/classify.ts';
import type { Plan, PlannedEdit } from '../edits/plan.ts';
import { problem } from '../problems.ts';
import { isFor } from '../target/capabilities.ts';
import type { Edit, Release, Rule, Site, Span, Target } from '../target/contract.ts';
import { quoted } from '../target/quoted.ts';
import { rewritingRules } from '../target/rewriting.ts';
import { miscounted } from './counted.ts';
import { movedSpan } from './moved.ts';

type RuleEdit = Extract<Edit, { readonly rule: string }>;

/** A tree, what the patches of a series do to it, and what a scan says of it afterwards. */
export interface Applied {
  readonly target: Target;
  readonly release: Release;
  /** The sites before, with their rules. */
  readonly decisions: readonly Decision[];
  readonly plan: Plan;
  /** The patches that the plan makes. */
  readonly made: ReadonlySet<string>;
  /** Those that the tree carries already, each as this kit writes it. */
  readonly carried: ReadonlySet<string>;
  /** Those that were asked for, whether the release has them or not. */
  readonly chosen: ReadonlySet<string>;
  /** The sites of the patched tree. */
  readonly after: readonly Site[];
  /** A file's text, latin1; undefined where there is none. */
  readonly before: (file: string) => string | undefined;
  readonly patched: (file: string) => string;
}

/**
 * Fails unless every site that is to open code does so in the patched tree, by a patch of this series.
 *
 * These are the sites whose verdict is mark, and those of a policy whose patch was asked for. A site is rewritten by
 * an edit that is for this release, and the scan of the patched tree says so; or it goes through a function that a
 * patch of the series rewrites. What a patch of the series needs is in the series, too.
 *
 * @throws Problem `uncovered`, with each site, its rule, the patch and the reason
 */
export function assertCovered(applied: Applied): void {
  const list = [...needsOf(applied), ...sitesOf(applied), ...miscounted(applied, rewrittenIn(applied))];
  if (list.length === 0) return;
  const { target, release } = applied;
  throw problem('uncovered', {
    count: list.length,
    release: `${target.name}@${release.version}`,
    target: target.name,
    list: list.map((one) => `  ${one}`).join('\n'),
  });
}

/** The sites that a patch of the series rewrites. */
function rewrittenIn({ target, release, decisions, made }: Applied): ReadonlySet<string> {
  const rules = rewritingRules(target, release, made);
  return new Set(
    decisions.flatMap(({ site, rule }) =>
      rule !== undefined && rules.has(rule.id) && site.state === 'plain' ? [site.id] : [],
    ),
  );
}

function needsOf(applied: Applied): readonly string[] {
  const { target, made } = applied;
  return target.patches
    .filter(({ id }) => made.has(id))
    .flatMap(({ id, needs }) =>
      needs
        .filter((need) => !has(applied, need) && !isAllLeftOut(applied, need))
        .map((need) => `patch ${id} needs patch ${need}, but ${lacking(applied, need)}`),
    );
}

function sitesOf(applied: Applied): readonly string[] {
  const opening = openingPatches(applied);
  return applied.decisions.flatMap(({ site, rule }) => {
    if (rule === undefined) return [];
    const why = reasonOf(applied, site, rule, opening);
    return why === undefined
      ? []
      : [`${site.file}:${site.line}: ${site.owner.name}: ${site.text}: rule ${rule.id}: ${why}`];
  });
}

/** Why a site does not open code after the series though it has to; undefined where all is well. */
function reasonOf(
  applied: Applied,
  site: Site,
  rule: Rule,
  opening: ReadonlySet<string>,
): string | undefined {
  const { target, release, chosen, made } = applied;
  if (rule.verdict === 'exempt') return undefined;
  if (rule.through !== undefined) {
    if (!has(applied, rule.through)) {
      return `it opens code through patch ${rule.through}, but ${lacking(applied, rule.through)}`;
    }
    if (opening.has(rule.through)) return undefined;
    return `it opens code through patch ${rule.through}, but that patch makes no function here open code`;
  }
  const edits = target.edits.filter((edit): edit is RuleEdit => 'rule' in edit && edit.rule === rule.id);
  if (rule.verdict === 'policy' && !edits.some(({ patch }) => chosen.has(patch))) return undefined;
  if (site.state === 'rewritten') return undefined;
  const edit = edits.find((one) => isFor(one, release));
  if (edit === undefined) {
    const patches = [...new Set(edits.map(({ patch }) => patch))].join(' or ');
    return `patch ${patches} should rewrite it, but has no edit for this release`;
  }
  if (!made.has(edit.patch)) {
    return has(applied, edit.patch)
      ? undefined
      : `patch ${edit.patch} should rewrite it, but ${lacking(applied, edit.patch)}`;
  }
  return opensCode(applied, site, edit.patch)
    ? undefined
    : `patch ${edit.patch} should rewrite it, but a scan of the patched tree finds no open of code there`;
}

/** Whether a patch was asked for, and is not made since all that it changes may be left out: nothing needs it to run. */
function isAllLeftOut({ chosen, plan }: Applied, patch: string): boolean {
  return chosen.has(patch) && plan.left.some((one) => one.patch === patch);
}

function has({ made, carried }: Applied, patch: string): boolean {
  return made.has(patch) || carried.has(patch);
}

/** Why a patch is not in the series. */
function lacking({ target, release, chosen }: Applied, patch: string): string {
  const mine = target.edits.filter((edit) => edit.patch === patch);
  if (!mine.some((edit) => isFor(edit, release))) return 'it has no edit for this release';
  return chosen.has(patch) ? 'it changes nothing here' : 'it is optional and was not chosen';
}

/** Whether the scan of the patched tree finds an open of code where an edit rewrote a site. */
function opensCode(applied: Applied, site: Site, patch: string): boolean {
  const { plan, after } = applied;
  const inFile = plan.edits.filter((one) => one.file === site.file);
  const own = inFile.filter((one) => one.site === site.id && one.patch === patch);
  if (own.length === 0) return false;
  const rewritten = after.filter((one) => one.file === site.file && one.state === 'rewritten');
  const image = movedSpan(around(site.spans.call, own), inFile);
  if (rewritten.some(({ spans: { callee } }) => callee.start >= image.start && callee.end <= image.end)) {
    return true;
  }
  // It may call a function that a patch makes for it, and that opens the code.
  const text = applied.patched(site.file).slice(image.start, image.end);
  return rewritten.some(
    (one) =>
      one.owner.kind === 'function' &&
      isNew(applied, one) &&
      new RegExp(`\\b${quoted(one.owner.name)}\\s*\\(`).test(text),
  );
}

function around(call: Span, edits: readonly PlannedEdit[]): Span {
  return {
    start: Math.min(call.start, ...edits.map(({ start }) => start)),
    end: Math.max(call.end, ...edits.map(({ end }) => end)),
  };
}

/** The patches that make a function open code: what goes through them does so. Those that are carried were judged as they were made. */
function openingPatches(applied: Applied): ReadonlySet<string> {
  const { plan, after, carried, target } = applied;
  const opening = new Set(carried);
  const wanted = new Set(target.rules.flatMap(({ through }) => through ?? []));
  for (const patch of wanted) {
    const files = new Set(
      [...plan.edits, ...plan.files].filter((one) => one.patch === patch).map(({ file }) => file),
    );
    if (after.some((site) => files.has(site.file) && site.state === 'rewritten' && isNew(applied, site))) {
      opening.add(patch);
    }
  }
  return opening;
}

/** Whether the function that holds a site of the patched tree is other than before the series. */
function isNew({ before, patched }: Applied, { file, spans: { owner } }: Site): boolean {
  return before(file)?.includes(patched(file).slice(owner.start, owner.end)) !== true;
}
