import { assertOrdered, decide, presenceOf, tracesOf } from './classify/classify.ts';
import type { Decision, Presence } from './classify/classify.ts';
import { ledgerOf } from './classify/ledger.ts';
import type { Ledger } from './classify/ledger.ts';
import { assertCovered } from './check/covered.ts';
import { differenceLeft, differenceOf, otherwise } from './check/differences.ts';
import type { Difference } from './check/differences.ts';
import { assertNoForeign } from './check/foreign.ts';
import { undone } from './check/undo.ts';
import { bodiesIn } from './lock/body.ts';
import { lockOf } from './lock/lock-of.ts';
import { planOf } from './edits/plan.ts';
import type { Plan } from './edits/plan.ts';
import { changesByPatch } from './edits/states.ts';
import { fillTemplate } from './render/template.ts';
import type { TemplateData } from './render/template.ts';
import { renderRuntime } from './runtime/render.ts';
import { patchFileName } from './series/message.ts';
import { ownersIn } from './sites/owners.ts';
import { lineEndsOf } from './source/line-ends.ts';
import type { LineEnds } from './source/line-ends.ts';
import { censusOf, sitesAgain } from './sites/sites.ts';
import type { Census } from './sites/sites.ts';
import { overlay } from './source/overlay.ts';
import { Problem } from './problems.ts';
import type { Finding } from './review/finding.ts';
import { heldBy } from './review/held.ts';
import type { Held } from './review/held.ts';
import { fileOf, judge } from './review/judge.ts';
import type { ReviewFile } from './review/review-file.ts';
import { settle, withReview } from './review/settle.ts';
import { neighbours } from './target/versions.ts';
import { absentParts } from './target/bundled.ts';
import { assertCapabilities, isFor } from './target/capabilities.ts';
import { patchesFor } from './target/patches.ts';
import type { Lock } from './target/lock.ts';
import type { Patch, Release, Target, Tree } from './target/contract.ts';

/** A tree that is known to be a release of a target. */
export interface Subject {
  readonly tree: Tree;
  readonly target: Target;
  readonly release: Release;
}

/** What a scan gives. Sites stand where they are in {@link LineEnds.tree}: their lines and columns are those of the disk. */
export interface Scanned extends Subject {
  readonly ends: LineEnds;
  readonly census: Census;
  readonly decisions: readonly Decision[];
  readonly presence: Presence;
  readonly ledger: Ledger;
}

/** A review file, and the path that it was read from. */
export interface Review {
  readonly path: string;
  readonly file: ReviewFile;
}

/** A tree without the patches of this kit, and what is decided about its sites. */
export interface Base extends Subject {
  readonly decisions: readonly Decision[];
}

/**
 * tree -> hits -> sites -> verdicts -> ledger.
 *
 * Nothing is thrown for what is undecided: `assertSettled` does that, after the ledger can be shown.
 *
 * @throws Problem `capabilities`, `half-patched`, or when a file cannot be read
 */
export async function scan(subject: Subject): Promise<Scanned> {
  const { target, release } = subject;
  const ends = lineEndsOf(subject.tree);
  const { tree } = ends;
  assertCapabilities(tree, target, release);
  const census = await censusOf(tree, target);
  const decisions = decide(census.sites, target);
  const presence = presenceIn({ ...subject, tree }, census, decisions);
  const ledger = ledgerOf(census, decisions, target, release, patchNames(target, release));
  return { ...subject, ends, census, decisions, presence, ledger };
}

/**
 * Which patches a tree carries, by their traces. Where some of a patch are missing it may be another version's.
 *
 * @throws Problem `half-patched`, `stale`
 */
function presenceIn(subject: Subject, census: Census, decisions: readonly Decision[]): Presence {
  const { tree, target, release } = subject;
  const traces = tracesOf(tree, decisions, target, release);
  if (traces.some(({ here, gone }) => here !== undefined && gone !== undefined)) {
    const there = new Set(traces.flatMap(({ patch, here }) => (here === undefined ? [] : [patch])));
    const { differences } = unpatched({ ...subject, census, decisions }, there);
    const [first, ...rest] = differences;
    if (first !== undefined && differences.some(({ alike }) => alike)) throw otherwise([first, ...rest]);
  }
  return presenceOf(traces);
}

/** A tree without patches that it carries, as far as they can be told, and where they are otherwise than ours. */
function unpatched(
  { tree, target, release, decisions }: Pick<Scanned, 'tree' | 'target' | 'release' | 'census' | 'decisions'>,
  patches: ReadonlySet<string>,
): { readonly base: Tree; readonly files: ReadonlySet<string>; readonly differences: readonly Difference[] } {
  const render = (template: string): string =>
    fillTemplate(target, template, { release, runtime: renderRuntime });
  const { texts, left } = undone(tree, {
    target,
    release,
    patches,
    decisions,
    ownersIn: (file, name, text) => ownersIn(file, overlay(tree, new Map([[file, text]])), target, name),
    render,
  });
  const created = target.edits.flatMap((edit) => {
    if (!('create' in edit) || !patches.has(edit.patch) || !isFor(edit, release)) return [];
    const found = tree.has(edit.create) ? tree.read(edit.create) : '';
    return differenceOf(edit.patch, edit.create, found, render(edit.template)) ?? [];
  });
  const hunks = left.map((one) => differenceLeft(one, tree.read(one.file), { release, render }));
  return { base: overlay(tree, texts), files: new Set(texts.keys()), differences: [...created, ...hunks] };
}

/**
 * Fails unless a tree carries the patches whose traces it has as this kit writes them: taken off and made again they
 * give the same tree, and each site that they are to rewrite opens code in it.
 *
 * @returns the tree without them
 * @throws Problem `half-patched`, `stale`, `uncovered`, `foreign`
 */
export async function assertCarried(scanned: Scanned): Promise<Base> {
  const { target, release, census, decisions, presence } = scanned;
  const { tree } = scanned.ends;
  const patches = target.patches.filter(({ id }) => presence.get(id) === true);
  if (patches.length === 0) {
    assertNoForeign(tree, target);
    return { tree, target, release, decisions };
  }
  const made = new Set(patches.map(({ id }) => id));
  const { base, files, differences } = unpatched({ tree, target, release, census, decisions }, made);
  // What is to be made can be there in other words.
  const missing = new Set(target.patches.flatMap(({ id }) => (made.has(id) ? [] : [id])));
  const likes = unpatched({ tree, target, release, census, decisions }, missing).differences;
  const [first, ...rest] = [...differences, ...likes.filter(({ alike }) => alike)];
  if (first !== undefined) throw otherwise([first, ...rest]);
  assertNoForeign(base, target);
  const sites = await sitesAgain(census, base, target, files);
  const before = { tree: base, target, release, decisions: decide(sites, target) };
  const plan = planFor(before, patches);
  const texts = new Map([...files].map((file) => [file, base.has(file) ? base.read(file) : undefined]));
  for (const { changes } of changesByPatch(base, plan, patches)) {
    for (const { file, after } of changes) texts.set(file, after);
  }
  for (const [file, text = ''] of texts) {
    const patch = [...plan.edits, ...plan.files].find((one) => one.file === file)?.patch ?? '';
    const other = differenceOf(patch, file, tree.has(file) ? tree.read(file) : '', text);
    if (other) throw otherwise([other]);
  }
  assertCovered({
    target,
    release,
    decisions: before.decisions,
    plan,
    made,
    // The others are not what is looked at here.
    carried: new Set(target.patches.flatMap(({ id }) => (made.has(id) ? [] : [id]))),
    chosen: made,
    after: census.sites,
    before: (file) => (base.has(file) ? base.read(file) : undefined),
    patched: (file) => tree.read(file),
  });
  return before;
}

/**
 * Holds a tree without patches against what is known of its release, or of those nearest to it.
 *
 * @param all the locks that it is held against, with their overlays
 * @returns what is left to be decided, worst first
 * @throws Problem `rules-overlap`
 */
export function findingsOf(
  base: Base,
  all = locksFor(base.target, base.release.version),
): readonly Finding[] {
  const { tree, target, release, decisions } = base;
  assertOrdered(decisions, target);
  return judge({
    decisions,
    body: bodiesIn(target, (file) => tree.read(file)),
    locks: all.filter(({ overlay }) => overlay === undefined),
    overlays: all.filter(({ overlay }) => overlay !== undefined),
    has: (file) => tree.has(file),
    absent: absentParts(target, tree, filesOf(decisions, all)),
    patches: new Set(patchesFor(target, release).map(({ id }) => id)),
    needed: new Map(
      target.patches.flatMap(({ id, optional }) =>
        optional === undefined ? [[id, rulesOf(target, id)] as const] : [],
      ),
    ),
  });
}

/** The files with sites, in a tree and in the releases that it is held against. */
function filesOf(decisions: readonly Decision[], locks: readonly Lock[]): ReadonlySet<string> {
  const ids = locks.flatMap(({ rules }) => rules.flatMap(({ sites }) => sites.map(({ id }) => id)));
  return new Set([...decisions.map(({ site }) => site.file), ...ids.map(fileOf)]);
}

/** The rules whose sites a patch rewrites, in any release. */
function rulesOf({ edits }: Target, patch: string): ReadonlySet<string> {
  return new Set(edits.flatMap((edit) => ('rule' in edit && edit.patch === patch ? [edit.rule] : [])));
}

/**
 * What a version is held against: the lock of that release with its overlays, or those of the nearest older release and
 * of the nearest newer one.
 */
export function locksFor({ locks }: Target, version: string): readonly Lock[] {
  if (locks.releases.includes(version)) return locks.of(version);
  const known = locks.releases.map((one) => ({ version: one }));
  const { older, newer } = neighbours(known, version);
  return [older, newer].flatMap((one) => (one === undefined ? [] : locks.of(one.version)));
}

/**
 * The lock of a tree without patches, whatever is left to be decided about it.
 *
 * @throws Problem `rules-overlap`
 */
export function lockOfBase({ tree, target, release, decisions }: Base): Lock {
  assertOrdered(decisions, target);
  const patches = patchesFor(target, release).map(({ id }) => id);
  const body = bodiesIn(target, (file) => tree.read(file));
  const { version, capabilities } = release;
  return lockOf({ target: target.name, release: version, patches, capabilities }, decisions, body);
}

/**
 * Fails where something about a tree without patches is left to be decided.
 *
 * @returns what it was held against
 * @throws Problem `rules-overlap`, `unreviewed`, `to-review`, `stopped`, `review-file`
 */
export function assertSettled(base: Base, review?: Review): Held {
  const { target, release, decisions } = base;
  const findings = findingsOf(base);
  settle(findings, decisions, nameOf(target, release), review);
  return heldBy(release.version, locksFor(target, release.version), findings, review?.file.sites ?? []);
}

/** What is scanned, with what a person decided in its decisions and its ledger. */
export function reviewed(scanned: Scanned, review: Review | undefined): Scanned {
  if (review === undefined) return scanned;
  const { target, release, census } = scanned;
  const decisions = withReview(scanned.decisions, review.file);
  return {
    ...scanned,
    decisions,
    ledger: ledgerOf(census, decisions, target, release, patchNames(target, release)),
  };
}

export function nameOf(target: Target, release: Release): string {
  return `${target.name}@${release.version}`;
}

/** What each of the patches does to a scanned tree, all of whose lines end with LF. */
export function planFor(
  { tree, target, release, decisions }: Subject & Pick<Scanned, 'decisions'>,
  patches: readonly Patch[],
): Plan {
  const data: TemplateData = { release, runtime: renderRuntime };
  return planOf(tree, {
    target,
    release,
    decisions,
    patches: new Set(patches.map((patch) => patch.id)),
    ownersIn: (file, name) => ownersIn(file, tree, target, name),
    render: (template) => fillTemplate(target, template, data),
  });
}

/**
 * What the edits for a tree without patches do not find in it, each tried alone: all of it at once.
 *
 * @returns one `anchor` a failing edit
 */
export function failingAnchors(base: Base): readonly Problem[] {
  const { target, release } = base;
  const patches = patchesFor(target, release);
  return target.edits.flatMap((edit) => {
    if (!patches.some(({ id }) => id === edit.patch)) return [];
    try {
      planFor({ ...base, target: { ...target, edits: [edit] } }, patches);
      return [];
    } catch (error) {
      if (error instanceof Problem && error.code === 'anchor') return [error];
      throw error;
    }
  });
}

/** The file names that a target's patches have in a release's whole series. */
function patchNames(target: Target, release: Release): ReadonlyMap<string, string> {
  return new Map(
    patchesFor(target, release).map((patch, index) => [patch.id, patchFileName(index + 1, patch.subject)]),
  );
}
