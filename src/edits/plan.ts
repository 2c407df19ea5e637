import { problem } from '../problems.ts';
import { isFor } from '../target/capabilities.ts';
import type { Change, Release, Rule, Site, Span, Target, Tree } from '../target/contract.ts';
import { lineAt } from '../target/lines.ts';
import { endingAs } from '../target/ending-as.ts';
import { expression } from '../target/expression.ts';
import { isLeftOut } from '../target/left-out.ts';
import type { LeftOut } from '../target/left-out.ts';
import { nearestLine } from './nearest.ts';

/** A replacement of bytes in a file; `start === end` inserts. */
export interface PlannedEdit extends Span {
  readonly file: string;
  readonly text: string;
  readonly patch: string;
  /** The id of the site that it rewrites; undefined for another hunk. */
  readonly site?: string;
}

/** A file that a patch creates. */
export interface PlannedFile {
  readonly file: string;
  readonly text: string;
  readonly patch: string;
}

/** All that becomes of a tree. */
export interface Plan {
  readonly edits: readonly PlannedEdit[];
  readonly files: readonly PlannedFile[];
  /** What is not done, since it may be left out and its place is not there. */
  readonly left: readonly LeftOut[];
}

/** What planning needs besides the tree. */
export interface Context {
  readonly target: Target;
  readonly release: Release;
  /** Patches to make, by id. */
  readonly patches: ReadonlySet<string>;
  readonly decisions: readonly { readonly site: Site; readonly rule: Rule | undefined }[];
  /** Where a function, macro or class of a name is in a file; an edit needs exactly one. */
  readonly ownersIn: (file: string, name: string) => readonly Span[];
  /** Fills a template of the target. */
  readonly render: (template: string) => string;
}

/**
 * Turns the target's edits into byte spans and replacements.
 *
 * @throws Problem `anchor` when a text to change does not occur exactly once in its scope, and may not be left out
 */
export function planOf(tree: Tree, context: Context): Plan {
  const edits: PlannedEdit[] = [];
  const files: PlannedFile[] = [];
  const left: LeftOut[] = [];
  for (const edit of context.target.edits) {
    if (!context.patches.has(edit.patch) || !isFor(edit, context.release)) continue;
    if ('create' in edit) {
      if (tree.has(edit.create)) {
        throw problem('anchor', {
          file: edit.create,
          at: '',
          found: 1,
          scope: 'the tree',
          find: 'a file to create',
        });
      }
      files.push({ file: edit.create, text: context.render(edit.template), patch: edit.patch });
    } else if ('rule' in edit) {
      for (const { site, rule } of context.decisions) {
        if (rule?.id !== edit.rule || site.state === 'rewritten') continue;
        const scope = site.spans[edit.scope];
        const where = `${edit.scope} at line ${site.line}`;
        const changes = changesIn(tree, site.file, scope, where, edit, context);
        edits.push(...changes.map((one) => ({ ...one, site: site.id })));
      }
    } else if (edit.degrades && !tree.has(edit.file)) {
      left.push({ patch: edit.patch, file: edit.file, found: undefined });
    } else {
      const scope = fileScope(tree, edit, context);
      const text = tree.read(edit.file).slice(scope.start, scope.end);
      const lost = edit.changes.filter((change) => isLeftOut(edit, change, text));
      const changes = edit.changes.filter((change) => !lost.includes(change));
      edits.push(
        ...changesIn(tree, edit.file, scope, edit.owner ?? 'the file', { ...edit, changes }, context),
      );
      for (const { find } of lost) {
        const found = [...text.matchAll(expression(find))].length;
        left.push({ patch: edit.patch, file: edit.file, found });
      }
    }
  }
  return { edits, files, left };
}

function fileScope(
  tree: Tree,
  edit: { readonly file: string; readonly owner?: string },
  context: Context,
): Span {
  if (!tree.has(edit.file)) {
    throw problem('anchor', {
      file: edit.file,
      at: '',
      found: 0,
      scope: 'the tree',
      find: 'the file itself',
    });
  }
  const whole = tree.read(edit.file);
  const all = { start: 0, end: whole.length };
  if (edit.owner === undefined) return all;
  const owners = context.ownersIn(edit.file, edit.owner);
  const [owner] = owners;
  if (owner !== undefined && owners.length === 1) return owner;
  const lines =
    owner === undefined
      ? [nearestLine(whole, all, edit.owner)]
      : owners.map(({ start }) => lineAt(whole, start));
  throw problem('anchor', {
    file: edit.file,
    at: `:${lines.join(',')}`,
    found: owners.length,
    scope: 'the file',
    find: edit.owner,
  });
}

function changesIn(
  tree: Tree,
  file: string,
  scope: Span,
  where: string,
  edit: { readonly patch: string; readonly changes: readonly Change[] },
  { release, render }: Context,
): readonly PlannedEdit[] {
  const whole = tree.read(file);
  const text = whole.slice(scope.start, scope.end);
  return edit.changes.map((change) => {
    const found = [...text.matchAll(expression(change.find))];
    const [match] = found;
    if (match === undefined) mindMixed(file, whole);
    if (match === undefined || found.length !== 1) {
      const lines =
        match === undefined
          ? [nearestLine(whole, scope, change.find)]
          : found.map(({ index }) => lineAt(whole, scope.start + index));
      throw problem('anchor', {
        file,
        at: `:${lines.join(',')}`,
        found: found.length,
        scope: where,
        find: String(change.find).replaceAll('\n', '\\n').replaceAll('\t', '\\t'),
      });
    }
    const put = textOf(change, match, release, render);
    const at = placed(change.put, match[0], scope.start + match.index, put);
    return { file, patch: edit.patch, ...at, text: endingAs(whole, at.text) };
  });
}

/** What is looked for has line ends of one kind: where a file has both, they are why it is not found. */
function mindMixed(file: string, text: string): void {
  const carriages = text.split('\r\n').length - 1;
  const all = text.split('\n').length - 1;
  if (carriages === 0 || carriages === all) return;
  const detail = `${carriages} of its lines end with CR LF and ${all - carriages} with LF, so the text to change is not found`;
  throw problem('line-ends', { file, detail });
}

/** The text that a change puts where it found something. */
export function textOf(
  { text }: Change,
  match: RegExpExecArray,
  release: Release,
  render: Context['render'],
): string {
  if (typeof text === 'string') return text;
  return typeof text === 'function' ? text(match, release) : render(text.template);
}

/** What of a file is replaced by what, for a text that was found at an offset. */
export function placed(
  put: Change['put'],
  found: string,
  start: number,
  text: string,
): Span & { readonly text: string } {
  const end = start + found.length;
  if (put === 'replace') return { start, end, text };
  if (put === 'before') return { start, end: start, text };
  if (put === 'after') return { start: end, end, text };
  // Before the first line that is greater; behind the last line when there is none.
  const bare = (line: string): string => line.replace(/\r?\n$/, '');
  let at = start;
  for (const line of found.split(/(?<=\n)/)) {
    if (bare(line) > bare(text)) return { start: at, end: at, text };
    at += line.length;
  }
  // The last line of a file that ends without a new line stays the last but one, with an end.
  const joined = found === '' || found.endsWith('\n') ? text : `\n${bare(text)}`;
  return { start: end, end, text: joined };
}
