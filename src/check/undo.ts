import type { Decision } from '../classify/classify.ts';
import { applyEdits } from '../edits/apply.ts';
import { isLeftOut } from '../target/left-out.ts';
import { endingAs } from '../target/ending-as.ts';
import { isFor } from '../target/capabilities.ts';
import type { Change, Edit, Release, Site, Span, Target, Tree } from '../target/contract.ts';
import { placesOf, without } from './places.ts';
import type { Place } from './places.ts';

/** What taking patches off a tree needs besides the tree. */
export interface UndoContext {
  readonly target: Target;
  readonly release: Release;
  /** The patches that the tree carries, by id. */
  readonly patches: ReadonlySet<string>;
  readonly decisions: readonly Decision[];
  /** Where a function, macro or class of a name stands in a text of a file. */
  readonly ownersIn: (file: string, name: string, text: string) => readonly Span[];
  /** Fills a template of the target. */
  readonly render: (template: string) => string;
}

/** A change of which the text was not found as this kit writes it. */
export interface Left {
  readonly patch: string;
  readonly file: string;
  readonly change: Change;
  /** Where it was looked for, in the tree as it is. */
  readonly scope: Span;
  /** The line of the open that it was looked for beside, 1-based. */
  readonly line?: number;
  /** The file without the changes that were found, where it is looked for in vain as well. */
  readonly less?: string;
}

/** A tree without some patches. */
export interface Undone {
  /** The files that are other without them; undefined for one that they create. */
  readonly texts: ReadonlyMap<string, string | undefined>;
  readonly left: readonly Left[];
}

type RuleEdit = Extract<Edit, { readonly rule: string }>;
type FileEdit = Extract<Edit, { readonly file: string }>;

/** Shorter texts than this are looked for near a site only. */
const TELLING = 16;

/**
 * Takes patches off a tree that carries them, as far as their text stands in it as this kit writes it.
 *
 * Nothing is proved by that: the patches made again must give the tree.
 */
export function undone(tree: Tree, context: UndoContext): Undone {
  const { target, release, patches } = context;
  const mine = target.edits.filter((edit) => patches.has(edit.patch) && isFor(edit, release));
  const texts = new Map<string, string | undefined>();
  const left: Left[] = [];
  for (const edit of mine) if ('create' in edit) texts.set(edit.create, undefined);
  const ofRules = mine.filter((edit): edit is RuleEdit => 'rule' in edit);
  const ofFiles = mine.filter((edit): edit is FileEdit => 'file' in edit && tree.has(edit.file));
  const places = new Map<string, (Place & { readonly patch: string })[]>();
  for (const edit of ofRules) {
    for (const [file, sites] of sitesByFile(edit, context)) {
      const found = ofSites(edit, sites, tree.read(file), context);
      places.set(file, [...(places.get(file) ?? []), ...found.places]);
      left.push(...found.left.map((one) => ({ ...one, patch: edit.patch, file })));
    }
  }
  for (const [file, found] of places) {
    const whole = tree.read(file);
    const edits = found.map(({ start, end, original, patch }) => {
      return { file, patch, start, end, text: endingAs(whole, original) };
    });
    texts.set(file, applyEdits(whole, edits));
  }
  for (const file of new Set(ofFiles.map((edit) => edit.file))) {
    const result = ofFile(
      texts.get(file) ?? tree.read(file),
      ofFiles.filter((edit) => edit.file === file),
      context,
    );
    texts.set(file, result.text);
    left.push(...result.left);
  }
  return { texts, left };
}

function sitesByFile(edit: RuleEdit, { decisions }: UndoContext): ReadonlyMap<string, readonly Site[]> {
  const files = new Map<string, Site[]>();
  for (const { site, rule } of decisions) {
    if (rule?.id === edit.rule) files.set(site.file, [...(files.get(site.file) ?? []), site]);
  }
  return files;
}

/** Where the text stands that an edit put at the sites of a rule in one file. */
function ofSites(
  edit: RuleEdit,
  sites: readonly Site[],
  whole: string,
  context: UndoContext,
): {
  readonly places: readonly (Place & { readonly patch: string })[];
  readonly left: readonly Omit<Left, 'patch' | 'file'>[];
} {
  const places: (Place & { readonly patch: string })[] = [];
  const left: Omit<Left, 'patch' | 'file'>[] = [];
  const free = (place: Place): boolean =>
    places.every((one) => place.end <= one.start || one.end <= place.start);
  const take = (place: Place): void => {
    places.push({ ...place, patch: edit.patch });
  };
  const rewritten = sites.filter(({ state }) => state === 'rewritten');
  for (const change of edit.changes) {
    const missed: Site[] = [];
    for (const site of rewritten) {
      const { owner, call } = site.spans;
      const [near] = placesOf(change, whole, owner, context)
        .filter((place) => place.end > place.start && free(place))
        .sort((a, b) => distance(a, call) - distance(b, call));
      if (near === undefined) missed.push(site);
      else take(near);
    }
    if (missed.length === 0 && rewritten.length > 0) continue;
    // What was put may call another function, where the open is now.
    const far = placesOf(change, whole, { start: 0, end: whole.length }, context).filter(
      (place) => place.end - place.start >= TELLING && free(place),
    );
    for (const place of far) if (free(place)) take(place);
    if (far.length > 0) continue;
    const scopes = missed.length > 0 ? missed : sites;
    left.push(...scopes.map(({ spans, line }) => ({ change, scope: spans.owner, line })));
  }
  return { places, left };
}

function distance(place: Span, call: Span): number {
  return Math.max(0, place.start - call.end, call.start - place.end);
}

/** A file without the hunks of its edits, taken off in whichever order they can be. */
function ofFile(
  whole: string,
  edits: readonly FileEdit[],
  context: UndoContext,
): { readonly text: string; readonly left: readonly Left[] } {
  let text = whole;
  let open = edits.flatMap((edit) => edit.changes.map((change) => ({ edit, change })));
  for (let before = Infinity; open.length > 0 && open.length < before;) {
    before = open.length;
    open = open.filter(({ edit, change }) => {
      const scope = scopeOf(edit, text, context);
      const less = scope && without(change, text, scope, context);
      if (less === undefined) return true;
      text = less;
      return false;
    });
  }
  const made = open.filter(({ edit, change }) => !isLeftOut(edit, change, text));
  const left = made.map(({ edit, change }) => ({
    patch: edit.patch,
    file: edit.file,
    change,
    scope: scopeOf(edit, whole, context) ?? { start: 0, end: whole.length },
    less: text,
  }));
  return { text, left };
}

function scopeOf(edit: FileEdit, text: string, { ownersIn }: UndoContext): Span | undefined {
  if (edit.owner === undefined) return { start: 0, end: text.length };
  const owners = ownersIn(edit.file, edit.owner, text);
  return owners.length === 1 ? owners[0] : undefined;
}
