import { assertDecided, decide, presenceOf } from './classify/classify.js';
import type { Decision, Presence } from './classify/classify.js';
import { ledgerOf } from './classify/ledger.js';
import type { Ledger } from './classify/ledger.js';
import { planOf } from './edits/plan.js';
import { changesByPatch } from './edits/states.js';
import { fillTemplate } from './render/template.js';
import type { TemplateData } from './render/template.js';
import { renderRuntime } from './runtime/render.js';
import { NO_PERSON, patchFileName } from './series/message.js';
import { applySeries, seriesOf } from './series/series.js';
import type { Series, Step } from './series/series.js';
import { ownersIn } from './sites/owners.js';
import { lineEndsOf } from './source/line-ends.js';
import type { LineEnds } from './source/line-ends.js';
import { censusOf } from './sites/sites.js';
import type { Census } from './sites/sites.js';
import { problem } from './problems.js';
import { patchesFor } from './target/patches.js';
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
}

/** What patching gives: a series, and the files as they are after it. */
export interface Patched {
  readonly scanned: Scanned;
  readonly series: Series;
  /** Changed and new files, as the patches' text makes them. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * tree -> hits -> sites -> verdicts -> ledger.
 *
 * Nothing is thrown for what is undecided: {@link assertDecided} does that, after the ledger can be shown.
 *
 * @throws Problem `half-patched`, or when a file cannot be read
 */
export async function scan(subject: Subject): Promise<Scanned> {
  const { target, release } = subject;
  const ends = lineEndsOf(subject.tree);
  const { tree } = ends;
  const census = await censusOf(tree, target);
  const decisions = decide(census.sites, target, release);
  const presence = presenceOf(tree, decisions, target, release);
  const ledger = ledgerOf(census, decisions, target, release, patchNames(target, release));
  return { ...subject, ends, census, decisions, presence, ledger };
}

/**
 * verdicts -> edits -> series -> the series applied.
 *
 * What the edits make and what the patches' text makes must be the same bytes.
 *
 * @throws Problem `unreviewed`, `rule-count`, `anchor`, `overlap`, `unverified`
 */
export async function makeSeries(subject: Subject, options: SeriesOptions = {}): Promise<Patched> {
  const scanned = await scan(subject);
  const { tree, target, release, decisions, presence } = scanned;
  assertDecided(decisions, presence, target, release);

  const chosen = chosenPatches(target, release, options.roles);
  const missing = chosen.filter((patch) => presence.get(patch.id) !== true);
  const data: TemplateData = { release, runtime: renderRuntime };
  const steps: Step[] = changesOf(scanned, missing).map(({ patch, changes }) => ({
    id: patch.id,
    changes,
    message: {
      author: options.author ?? NO_PERSON,
      date: options.date ?? release.date,
      subject: patch.subject,
      body: fillTemplate(target, patch.message, data),
      origin: 'vendor, mayexec-kit',
      forwarded: 'no',
      upstreamStatus: 'Pending',
      ...(options.signoff !== undefined && { signoff: options.signoff }),
    },
  }));
  const series = seriesOf(steps, options.numbered);
  const files = applySeries(tree, series);
  assertSame(steps, files);
  return { scanned, series, files };
}

/** What each of the patches does to which files, with one site left as it is where `omit` names it. */
function changesOf(
  { ends, target, release, decisions }: Scanned,
  patches: readonly Patch[],
  omit?: string,
): ReturnType<typeof changesByPatch> {
  const data: TemplateData = { release, runtime: renderRuntime };
  const { tree } = ends;
  const plan = planOf(tree, {
    target,
    release,
    decisions,
    omit,
    patches: new Set(patches.map((patch) => patch.id)),
    ownersIn: (file, name) => ownersIn(file, tree, target, name),
    render: (template) => fillTemplate(target, template, data),
  });
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

/** A series in which one site is left plain. */
export interface Mutant {
  readonly site: Site;
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
    for (const { changes } of changesOf(scanned, patches, site.id)) {
      for (const { file, after } of changes) changed.set(file, after);
    }
    // A file whose only change was this one is not made at all.
    const texts = [...files.keys()].map(
      (file) => [file, changed.get(file) ?? scanned.tree.read(file)] as const,
    );
    const other = texts.filter(([file, text]) => files.get(file) !== text);
    return other.length === 0 ? [] : [{ site, files: new Map(other) }];
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
  return patchesFor(target, release).filter(({ optional, offByDefault }) => {
    if (optional === undefined) return true;
    return roles === undefined ? offByDefault !== true : roles.includes(optional);
  });
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
