import { assertDecided, assertOrdered, decide } from './classify/classify.ts';
import { assertCovered } from './check/covered.ts';
import { withLeftOut } from './target/left-out.ts';
import type { LeftOut } from './target/left-out.ts';
import type { Plan } from './edits/plan.ts';
import { changesByPatch } from './edits/states.ts';
import { fillCover } from './render/cover.ts';
import { fillTemplate } from './render/template.ts';
import type { TemplateData } from './render/template.ts';
import { renderRuntime } from './runtime/render.ts';
import type { CoverMessage } from './series/cover.ts';
import { NO_PERSON } from './series/message.ts';
import { applySeries, seriesOf } from './series/series.ts';
import type { Series, Step } from './series/series.ts';
import { assertClosed } from './sites/closure.ts';
import { lineEndsOf } from './source/line-ends.ts';
import { sitesAgain } from './sites/sites.ts';
import { overlay } from './source/overlay.ts';
import { Problem, problem } from './problems.ts';
import type { Held } from './review/held.ts';
import { withReview } from './review/settle.ts';
import { patchesFor } from './target/patches.ts';
import type { Patch, Release, Target } from './target/contract.ts';
import { scan, assertCarried, assertSettled, reviewed, nameOf, planFor } from './scan.ts';
import type { Subject, Scanned, Review } from './scan.ts';

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
  /** What a person decided about sites that no known release confirms. */
  readonly review?: Review | undefined;
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
  const made = new Set(steps.flatMap(({ id, changes }) => (changes.length > 0 ? [id] : [])));
  const { author = NO_PERSON, date = release.date, numbered } = options;
  const cover = (): CoverMessage => ({
    ...{ author, date, subject: target.cover.subject },
    body: fillCover(target, data, made),
  });
  const series = seriesOf(steps, { numbered, ...(made.size > 0 && { cover: cover() }) });
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
    throw problem('unverified', { tool: 'scan', message: `in the patched tree: ${error.message}` }, error);
  }
}

/** What a plan does to the files of a scanned tree, patch by patch, with the line ends that they have on the disk. */
export function changesOf(
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
    const message = `${unknown} is not a role of ${target.name}; its roles: ${[...known].sort().join(', ')}`;
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
      message: `${file}: the series and the edits make different bytes`,
    });
  }
}
