import { assertDecided, assertOrdered, decide, presenceOf, tracesOf } from './classify/classify.js';
import type { Decision, Presence } from './classify/classify.js';
import { ledgerOf } from './classify/ledger.js';
import type { Ledger } from './classify/ledger.js';
import { assertCovered } from './check/covered.js';
import { differenceLeft, differenceOf, otherwise } from './check/differences.js';
import type { Difference } from './check/differences.js';
import { undone } from './check/undo.js';
import { bodiesIn } from './lock/body.js';
import { lockOf } from './lock/lock-of.js';
import { withLeftOut } from './target/left-out.js';
import { lineAt } from './target/lines.js';
import type { LeftOut } from './target/left-out.js';
import { planOf } from './edits/plan.js';
import type { Plan } from './edits/plan.js';
import { changesByPatch } from './edits/states.js';
import { fillTemplate } from './render/template.js';
import type { TemplateData } from './render/template.js';
import { renderRuntime } from './runtime/render.js';
import { NO_PERSON, patchFileName } from './series/message.js';
import { applySeries, seriesOf } from './series/series.js';
import type { Series, Step } from './series/series.js';
import { assertClosed } from './sites/closure.js';
import { ownersIn } from './sites/owners.js';
import { lineEndsOf } from './source/line-ends.js';
import type { LineEnds } from './source/line-ends.js';
import { censusOf, sitesAgain } from './sites/sites.js';
import type { Census } from './sites/sites.js';
import { overlay } from './source/overlay.js';
import { Problem, problem } from './problems.js';
import type { Finding } from './review/finding.js';
import { heldBy } from './review/held.js';
import type { Held } from './review/held.js';
import { fileOf, judge } from './review/judge.js';
import type { ReviewFile } from './review/review-file.js';
import { settle, withReview } from './review/settle.js';
import { neighbours } from './target/versions.js';
import { absentParts } from './target/bundled.js';
import { assertCapabilities, isFor } from './target/capabilities.js';
import { patchesFor } from './target/patches.js';
import type { Lock } from './target/lock.js';
import type { Patch, Release, Site, Target, Tree } from './target/contract.js';

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

/** Whom and when a series is from, where the user says it. */
export interface Authorship {
  /** `Name <mail>`. */
  readonly author?: string;
  readonly signoff?: string;
  /** `YYYY-MM-DD`; the release's date unless given. */
  readonly date?: string;
}

/** What a series is to hold, and whom it is from. */
export interface SeriesOptions extends Authorship {
  /** Roles of the optional patches that are made; unless given, those that are on by default. */
  readonly roles?: readonly string[] | undefined;
  /** Whether the mails are numbered, `[PATCH n/m]`. */
  readonly numbered?: boolean;
  /** What a person decided about sites that no known release answers for. */
  readonly review?: Review | undefined;
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

/** What patching gives: a series, and the files as they are after it. */
export interface Patched {
  readonly scanned: Scanned;
  readonly series: Series;
  /** Changed and new files, as the patches' text makes them. */
  readonly files: ReadonlyMap<string, string>;
  /** Changes of documentation and news whose place this tree has not. */
  readonly left: readonly LeftOut[];
  /** What its tree was held against. */
  readonly held: Held;
}

/**
 * tree -> hits -> sites -> verdicts -> ledger.
 *
 * Nothing is thrown for what is undecided: {@link assertDecided} does that, after the ledger can be shown.
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
 * @throws Problem `half-patched`, `stale`, `uncovered`
 */
export async function assertCarried(scanned: Scanned): Promise<Base> {
  const { target, release, census, decisions, presence } = scanned;
  const { tree } = scanned.ends;
  const patches = target.patches.filter(({ id }) => presence.get(id) === true);
  if (patches.length === 0) return { tree, target, release, decisions };
  const made = new Set(patches.map(({ id }) => id));
  const { base, files, differences } = unpatched({ tree, target, release, census, decisions }, made);
  // What is to be made can be there in other words.
  const missing = new Set(target.patches.flatMap(({ id }) => (made.has(id) ? [] : [id])));
  const likes = unpatched({ tree, target, release, census, decisions }, missing).differences;
  const [first, ...rest] = [...differences, ...likes.filter(({ alike }) => alike)];
  if (first !== undefined) throw otherwise([first, ...rest]);
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
function reviewed(scanned: Scanned, review: Review | undefined): Scanned {
  if (review === undefined) return scanned;
  const { target, release, census } = scanned;
  const decisions = withReview(scanned.decisions, review.file);
  return {
    ...scanned,
    decisions,
    ledger: ledgerOf(census, decisions, target, release, patchNames(target, release)),
  };
}

function nameOf(target: Target, release: Release): string {
  return `${target.name}@${release.version}`;
}

/**
 * verdicts -> edits -> series -> the series applied.
 *
 * What the edits make and what the patches' text makes must be the same bytes.
 *
 * @throws Problem `hidden-opens`, `rules-overlap`, `unreviewed`, `to-review`, `stopped`, `review-file`, `anchor`, `overlap`, `unverified`, `uncovered`
 */
export async function makeSeries(subject: Subject, options: SeriesOptions = {}): Promise<Patched> {
  const found = await scan(subject);
  const base = await assertCarried(found);
  await assertClosed(found.census, found.ends.tree, found.target, found.release);
  const held = assertSettled(base, options.review);
  const scanned = reviewed(found, options.review);
  const { tree, target, release, presence } = scanned;

  const chosen = chosenPatches(target, release, options.roles);
  const missing = chosen.filter((patch) => presence.get(patch.id) !== true);
  const data: TemplateData = { release, runtime: renderRuntime };
  const plan = planFor({ ...scanned, tree: scanned.ends.tree }, missing);
  const steps: Step[] = changesOf(scanned, plan, missing).map(({ patch, changes }) => ({
    id: patch.id,
    changes,
    message: {
      author: options.author ?? NO_PERSON,
      date: options.date ?? release.date,
      subject: patch.subject,
      body: withLeftOut(
        fillTemplate(target, patch.message, data),
        plan.left.filter((one) => one.patch === patch.id),
      ),
      origin: 'vendor, mayexec-kit',
      forwarded: 'no',
      upstreamStatus: 'Pending',
      ...(options.signoff !== undefined && { signoff: options.signoff }),
    },
  }));
  const series = seriesOf(steps, options.numbered);
  const files = applySeries(tree, series);
  assertSame(steps, files);
  const patched = { scanned, series, files, left: plan.left, held };
  await assertHeld(patched, plan, options);
  return patched;
}

/**
 * Scans the patched tree, and fails where the series does not do what it is there for.
 *
 * @throws Problem `uncovered`; `unverified` where the patched tree has sites that no rule expects
 */
async function assertHeld(
  { scanned, series, files }: Patched,
  plan: Plan,
  { roles, review }: SeriesOptions,
): Promise<void> {
  const { target, release, census, decisions, presence } = scanned;
  const { tree } = scanned.ends;
  const made = new Set(series.patches.map(({ id }) => id));
  const carried = new Set([...presence].flatMap(([id, there]) => (there ? [id] : [])));
  const patched = lineEndsOf(overlay(scanned.tree, files)).tree;
  const after = await sitesAgain(census, patched, target, new Set(files.keys()));
  assertCovered({
    target,
    release,
    decisions,
    plan,
    made,
    carried,
    chosen: new Set(target.patches.filter((patch) => isChosen(patch, roles)).map(({ id }) => id)),
    after,
    before: (file) => (tree.has(file) ? tree.read(file) : undefined),
    patched: (file) => patched.read(file),
  });
  try {
    const again = decide(after, target);
    assertOrdered(again, target);
    assertDecided(review === undefined ? again : withReview(again, review.file), nameOf(target, release));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw problem('unverified', { tool: 'scan', message: `of the patched tree: ${error.message}` }, error);
  }
}

/** What each of the patches does to a scanned tree, all of whose lines end with LF, with one site left as it is where `omit` names it. */
function planFor(
  { tree, target, release, decisions }: Subject & Pick<Scanned, 'decisions'>,
  patches: readonly Patch[],
  omit?: string,
): Plan {
  const data: TemplateData = { release, runtime: renderRuntime };
  return planOf(tree, {
    target,
    release,
    decisions,
    omit,
    patches: new Set(patches.map((patch) => patch.id)),
    ownersIn: (file, name) => ownersIn(file, tree, target, name),
    render: (template) => fillTemplate(target, template, data),
  });
}

/** What a plan does to the files of a scanned tree, patch by patch, with the line ends that they have on the disk. */
function changesOf(
  { ends }: Scanned,
  plan: Plan,
  patches: readonly Patch[],
): ReturnType<typeof changesByPatch> {
  const { tree } = ends;
  const steps = changesByPatch(tree, plan, patches);
  // A new file has the line ends that the files beside it in the series have.
  const edited = [...new Set(plan.edits.map(({ file }) => file))];
  const carriage = edited.filter((file) => ends.carriage(file)).length * 2 > edited.length;
  return steps.map(({ patch, changes }) => ({
    patch,
    changes: changes.map((change) => {
      const { file, before, after } = change;
      if (!(before === undefined && !tree.has(file) ? carriage : ends.carriage(file))) return change;
      const restored = before === undefined ? undefined : ends.restored(before);
      return { ...change, before: restored, after: ends.restored(after) };
    }),
  }));
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

/** A series in which one site is left plain, or one question is not asked. */
export interface Mutant {
  /** What is left out: a site, or the place of a question in the patched tree. */
  readonly at: Pick<Site, 'id' | 'file' | 'line' | 'text'>;
  readonly kind: 'site' | 'question';
  /** The files that come out otherwise than by the whole series, with their text (latin1). */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * For each site that a series rewrites, the files as they would be had it been missed.
 *
 * Sites that are marked through another function's patch change nothing of their own, and have no such series: what
 * they call is a site itself.
 */
export function mutantsOf({ scanned, series, files }: Patched): readonly Mutant[] {
  const patches = scanned.target.patches.filter(({ id }) => series.patches.some((one) => one.id === id));
  const rewritten = new Set(scanned.target.edits.flatMap((edit) => ('rule' in edit ? [edit.rule] : [])));
  return scanned.decisions.flatMap(({ site, rule }) => {
    if (rule === undefined || !rewritten.has(rule.id)) return [];
    const changed = new Map<string, string>();
    const plan = planFor({ ...scanned, tree: scanned.ends.tree }, patches, site.id);
    for (const { changes } of changesOf(scanned, plan, patches)) {
      for (const { file, after } of changes) changed.set(file, after);
    }
    // A file whose only change was this one is not made at all.
    const texts = [...files.keys()].map(
      (file) => [file, changed.get(file) ?? scanned.tree.read(file)] as const,
    );
    const other = texts.filter(([file, text]) => files.get(file) !== text);
    return other.length === 0 ? [] : [{ at: site, kind: 'site', files: new Map(other) }];
  });
}

/** For each question that a series asks about code that comes from no file, the files as if it were not asked. */
export function questionMutantsOf({ scanned: { target }, files }: Patched): readonly Mutant[] {
  return [...files].flatMap(([file, text]) => {
    // Documentation and tests ask nothing.
    if (target.language(file) === undefined) return [];
    return (target.questions ?? []).flatMap(({ call, allows }) =>
      [...text.matchAll(new RegExp(call.source, `g${call.flags}`))].map(({ index, 0: asked }): Mutant => {
        const line = lineAt(text, index);
        const other = `${text.slice(0, index)}${allows}${text.slice(index + asked.length)}`;
        const id = `${file}:${line}`;
        return { at: { id, file, line, text: asked }, kind: 'question', files: new Map([[file, other]]) };
      }),
    );
  });
}

/**
 * The patches of a release's series: those that every series has, and the optional ones whose role is asked for.
 *
 * @throws Problem `usage` for a role that no patch has
 */
export function chosenPatches(
  target: Target,
  release: Release,
  roles: readonly string[] | undefined,
): readonly Patch[] {
  const known = new Set(target.rules.flatMap((rule) => rule.roles as readonly string[]));
  for (const patch of target.patches) if (patch.optional !== undefined) known.add(patch.optional);
  const unknown = roles?.find((role) => !known.has(role));
  if (unknown !== undefined) {
    const message = `${unknown} is no role of ${target.name}; its roles: ${[...known].sort().join(', ')}`;
    throw problem('usage', { message });
  }
  return patchesFor(target, release).filter((patch) => isChosen(patch, roles));
}

function isChosen({ optional, offByDefault }: Patch, roles: readonly string[] | undefined): boolean {
  if (optional === undefined) return true;
  return roles === undefined ? offByDefault !== true : roles.includes(optional);
}

function assertSame(steps: readonly Step[], files: ReadonlyMap<string, string>): void {
  const wanted = new Map<string, string>();
  for (const { changes } of steps) for (const { file, after } of changes) wanted.set(file, after);
  for (const [file, text] of wanted) {
    if (files.get(file) === text) continue;
    throw problem('unverified', {
      tool: 'apply',
      message: `${file}: the series makes other bytes than the edits`,
    });
  }
}

/** The file names that a target's patches have in a release's whole series. */
function patchNames(target: Target, release: Release): ReadonlyMap<string, string> {
  return new Map(
    patchesFor(target, release).map((patch, index) => [patch.id, patchFileName(index + 1, patch.subject)]),
  );
}
