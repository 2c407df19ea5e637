import { movedSpan } from './check/moved.ts';
import type { Decision } from './classify/classify.ts';
import type { Plan, PlannedEdit } from './edits/plan.ts';
import { readerOf } from './languages/registry.ts';
import type { Twin } from './languages/language.ts';
import { changesOf } from './pipeline.ts';
import type { Patched } from './pipeline.ts';
import type { Mutant, Unmade } from './prove/mutate.ts';
import { planFor } from './scan.ts';
import { ownersIn } from './sites/owners.ts';
import { lineEndsOf } from './source/line-ends.ts';
import type { LineEnds } from './source/line-ends.ts';
import { overlay } from './source/overlay.ts';
import type { Patch, Rule, Site, Span } from './target/contract.ts';
import { lineAt } from './target/lines.ts';
import { rewritingRules } from './target/rewriting.ts';

/** What a function is called that does what another one did before the series. */
const TWIN = 'mayexec_mutant_';

/** What a series is without a part of it, part by part. */
export interface Mutants {
  readonly mutants: readonly Mutant[];
  /** The parts that none is made for, each with the reason. */
  readonly unmade: readonly Unmade[];
}

/** A marked site of a series, and the rule that marks it. */
interface Marked {
  readonly site: Site;
  readonly rule: Rule;
}

/**
 * For each site that a series makes open code, the files as they would be had it been missed: the site is as it was, or
 * calls a function that does what the one did that the series rewrites.
 */
export function siteMutantsOf(patched: Patched): Mutants {
  const mutants: Mutant[] = [];
  const unmade: Unmade[] = [];
  const planned = plannedIn(patched);
  const marked = markedIn(patched);
  const twins = new Twins(planned, marked);
  for (const { site, rule } of marked) {
    const files =
      rule.through === undefined
        ? (rule.unproven ?? without(planned, (edit) => edit.site === site.id))
        : twins.instead({ site, rule });
    if (typeof files !== 'string') mutants.push({ at: site, kind: 'site', files });
    else unmade.push({ at: site, kind: 'site', why: files, excused: rule.unproven !== undefined });
  }
  return { mutants, unmade };
}

/** The sites that patches of a series make open code: by an edit of theirs, or through a function that they rewrite. */
function markedIn({ scanned: { target, release, decisions }, series }: Patched): readonly Marked[] {
  const made = new Set(series.patches.map(({ id }) => id));
  const edited = rewritingRules(target, release, made);
  return decisions.flatMap(({ site, rule }: Decision): readonly Marked[] => {
    if (rule === undefined || rule.verdict === 'exempt') return [];
    const mine =
      rule.through === undefined ? site.state === 'plain' && edited.has(rule.id) : made.has(rule.through);
    return mine ? [{ site, rule }] : [];
  });
}

/** A series, and the edits that it is made of. */
interface Planned extends Pick<Patched, 'scanned' | 'files'> {
  readonly plan: Plan;
  readonly patches: readonly Patch[];
}

function plannedIn({ scanned, series, files }: Patched): Planned {
  const patches = scanned.target.patches.filter(({ id }) => series.patches.some((one) => one.id === id));
  return { scanned, files, plan: planFor({ ...scanned, tree: scanned.ends.tree }, patches), patches };
}

/** The files of a series without some of its edits; a text says why there are none. */
function without(
  { scanned, files, plan, patches }: Planned,
  missed: (edit: PlannedEdit) => boolean,
): ReadonlyMap<string, string> | string {
  const changed = new Map<string, string>();
  const less = { ...plan, edits: plan.edits.filter((one) => !missed(one)) };
  for (const { changes } of changesOf(scanned, less, patches)) {
    for (const { file, after } of changes) changed.set(file, after);
  }
  // A file whose only change was this one is not made at all.
  const texts = [...files.keys()].map(
    (file) => [file, changed.get(file) ?? scanned.tree.read(file)] as const,
  );
  const other = new Map(texts.filter(([file, text]) => files.get(file) !== text));
  return other.size > 0 ? other : 'the series is the same without what it changes here';
}

/** Has calls of functions that a series rewrites do what they did before. */
class Twins {
  private readonly planned: Planned;
  private readonly marked: readonly Marked[];
  private readonly after: LineEnds;

  constructor(planned: Planned, marked: readonly Marked[]) {
    this.planned = planned;
    this.marked = marked;
    this.after = lineEndsOf(overlay(planned.scanned.tree, planned.files));
  }

  /** The files in which a site calls what its function was before the series; a text says why there are none. */
  instead({ site, rule }: Marked): ReadonlyMap<string, string> | string {
    const { call, callee } = site.spans;
    const changes = (edit: PlannedEdit): boolean =>
      edit.file === site.file && edit.start < call.end && edit.end > call.start;
    const said = rule.plain?.[site.callee];
    if (said !== undefined) {
      const { before, start } = this.before(site);
      const object = before.replace(/\s*\.\s*$/, '');
      // What the series changes of the call is as it was, but for what is called.
      const over = this.planned.plan.edits.filter(changes);
      const from = Math.min(start, ...over.map((edit) => edit.start));
      const to = Math.max(call.end, ...over.map((edit) => edit.end));
      const whole = this.planned.scanned.ends.tree.read(site.file);
      const put =
        whole.slice(from, start) + said.replaceAll('{of}', () => object) + whole.slice(callee.end, to);
      const text = new Texts(this.after);
      text.replace(site.file, this.moved(site, { start: from, end: to }), put);
      return text.files();
    }
    // A call that the series changes, without being a site of its own, is left as it was.
    if (this.planned.plan.edits.some(changes)) return without(this.planned, changes);
    if (rule.unproven !== undefined) return rule.unproven;
    const twin = this.twinFor(site);
    if (twin === undefined)
      return `rule ${rule.id} has no \`plain\` that says what is called instead of ${site.callee}`;
    const text = new Texts(this.after);
    const why = this.copy(site.callee, twin, text, new Set());
    if (why !== undefined) return why;
    text.replace(site.file, this.moved(site, callee), twin.call(site.callee, TWIN + site.callee));
    return text.files();
  }

  /** What stands before the name in a call, or where the name is a value: the object or the module that it is of. */
  private before({ file, kind, spans: { call, callee } }: Site): {
    readonly before: string;
    readonly start: number;
  } {
    const text = this.planned.scanned.ends.tree.read(file);
    const chain = /(?:\b\w+\.)*$/.exec(text.slice(Math.max(0, call.start - 200), call.start))?.[0] ?? '';
    const start = kind === 'value' ? call.start - chain.length : call.start;
    return { before: text.slice(start, callee.start), start };
  }

  /** How the language of a site has a second function; undefined where it has none, or where the site calls none. */
  private twinFor({ file, kind, callee }: Site): Twin | undefined {
    return kind === 'text' || !/^\w+$/.test(callee) ? undefined : this.twinIn(file);
  }

  private twinIn(file: string): Twin | undefined {
    const { target } = this.planned.scanned;
    const language = target.language(file);
    return language === undefined ? undefined : readerOf(language, target).twin;
  }

  /**
   * Puts a function as it was before the series behind what it is now, with those that it calls and that the series
   * rewrites.
   *
   * @returns why that cannot be done
   */
  private copy(name: string, twin: Twin, text: Texts, copied: Set<string>): string | undefined {
    if (copied.has(name)) return undefined;
    copied.add(name);
    const { target, ends } = this.planned.scanned;
    const inside = this.marked.filter(
      ({ site }) => site.owner.name === name && this.twinIn(site.file) === twin,
    );
    const files = [...new Set(inside.map(({ site }) => site.file))];
    const [file] = files;
    if (file === undefined) return `no function ${name} has a site that the series makes open code`;
    if (files.length > 1) return `several files have a function ${name}: ${files.join(', ')}`;
    const before = ownersIn(file, ends.tree, target, name);
    const now = ownersIn(file, this.after.tree, target, name);
    if (before.length === 0 || before.length !== now.length)
      return `${file} has ${before.length} functions ${name}, and ${now.length} after the series`;
    for (const [index, span] of before.entries()) {
      const whole = ends.tree.read(file);
      let part = whole.slice(span.start, span.end);
      const calls = inside
        .filter(({ site, rule }) => rule.through !== undefined && within(site.spans.callee, span))
        .toSorted((one, other) => other.site.spans.callee.start - one.site.spans.callee.start);
      for (const { site, rule } of calls) {
        if (rule.plain !== undefined || rule.unproven !== undefined) continue;
        const why = site.callee === name ? undefined : this.copy(site.callee, twin, text, copied);
        if (why !== undefined) return why;
        const { start, end } = site.spans.callee;
        const called = twin.call(site.callee, TWIN + site.callee);
        part = part.slice(0, start - span.start) + called + part.slice(end - span.start);
      }
      const definition = twin.definition(part, name, TWIN + name);
      const at = now[index]?.end;
      if (definition === undefined || at === undefined)
        return `${file}: ${name} is not defined as a function`;
      text.insert(file, at, `\n\n${definition}\n`);
    }
    return undefined;
  }

  private moved({ file }: Site, span: Span): Span {
    return movedSpan(
      span,
      this.planned.plan.edits.filter((one) => one.file === file),
    );
  }
}

function within(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

/** Texts of a patched tree, and what is to become of them. */
class Texts {
  private readonly after: LineEnds;
  private readonly changes: { readonly file: string; readonly span: Span; readonly text: string }[] = [];

  constructor(after: LineEnds) {
    this.after = after;
  }

  replace(file: string, span: Span, text: string): void {
    this.changes.push({ file, span, text });
  }

  insert(file: string, at: number, text: string): void {
    this.replace(file, { start: at, end: at }, text);
  }

  /** The changed files, with the line ends that they have on the disk. */
  files(): ReadonlyMap<string, string> {
    const texts = new Map<string, string>();
    // From the end: the places of those before stay what they are.
    for (const { file, span, text } of this.changes.toSorted((a, b) => b.span.start - a.span.start)) {
      const whole = texts.get(file) ?? this.after.tree.read(file);
      texts.set(file, whole.slice(0, span.start) + text + whole.slice(span.end));
    }
    const { after } = this;
    return new Map(
      [...texts].map(([file, text]) => [file, after.carriage(file) ? after.restored(text) : text] as const),
    );
  }
}

/** For each question that a series asks about code that comes from no file, the files as if it were not asked. */
export function questionMutantsOf({ scanned: { target }, files }: Patched): Mutants {
  const mutants: Mutant[] = [];
  const unmade: Unmade[] = [];
  for (const [file, text] of files) {
    // Documentation and tests ask nothing.
    if (target.language(file) === undefined) continue;
    for (const { call, allows, unproven } of target.questions ?? []) {
      for (const { index, 0: asked } of text.matchAll(new RegExp(call.source, `g${call.flags}`))) {
        const line = lineAt(text, index);
        const place = { at: { id: `${file}:${line}`, file, line, text: asked }, kind: 'question' } as const;
        const other = `${text.slice(0, index)}${allows}${text.slice(index + asked.length)}`;
        if (unproven === undefined) mutants.push({ ...place, files: new Map([[file, other]]) });
        else unmade.push({ ...place, why: unproven, excused: true });
      }
    }
  }
  return { mutants, unmade };
}
