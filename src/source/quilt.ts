import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyPatch, parsePatch } from 'diff';
import type { StructuredPatch } from 'diff';
import { problem } from '../problems.ts';
import type { Tree } from '../target/contract.ts';
import { overlay } from './overlay.ts';
import { reading, statOf } from './reading.ts';

/** A tree that is kept under quilt, as Debian's source packages are. */
export interface QuiltTree {
  /** The tree as it is with all its own patches applied. */
  readonly tree: Tree;
  readonly patches: number;
  /** How many of them are applied on the disk; the rest was applied in memory. */
  readonly applied: number;
}

// dpkg-source (3.0, quilt) keeps the first; quilt on its own keeps the second.
const FOLDERS = ['debian/patches', 'patches'];

/**
 * Recognises a tree under quilt, and applies in memory what is not applied on the disk.
 *
 * @param only the files that the tree is read for, as {@link readTree} takes them: what patches do to others is passed over
 * @returns undefined for a tree that is not under quilt
 * @throws Problem `quilt-unapplied` when one of its own patches does not apply, or is of a kind that is not read here;
 * `bad-path` when what quilt keeps cannot be read
 */
export function quiltTree(tree: Tree, only?: readonly string[]): QuiltTree | undefined {
  const folder = FOLDERS.map((one) => join(tree.path, one)).find((one) => exists(join(one, 'series')));
  const appliedFile = join(tree.path, '.pc', 'applied-patches');
  const done = exists(appliedFile) ? namesIn(appliedFile).map(({ name }) => name) : [];
  if (folder === undefined) {
    return exists(join(tree.path, '.pc')) ? { tree, patches: done.length, applied: done.length } : undefined;
  }
  const all = namesIn(join(folder, 'series'));
  const changes = new Map<string, string | undefined>();
  for (const one of all.filter(({ name }) => !done.includes(name))) applyTo(tree, changes, folder, one, only);
  return {
    tree: changes.size === 0 ? tree : overlay(tree, changes),
    patches: all.length,
    applied: done.length,
  };
}

function exists(path: string): boolean {
  return statOf(path) !== undefined;
}

/** A line of a series file. */
interface Entry {
  readonly name: string;
  readonly options: readonly string[];
}

/** What a series file names, without comments. */
function namesIn(file: string): readonly Entry[] {
  return textOf(file)
    .split('\n')
    .map((line) => line.replace(/(?:^|\s)#.*/, '').trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', ...options] = line.split(/\s+/);
      return { name, options };
    });
}

/** The bytes of a file, as latin1; a pipe would be waited for. */
function textOf(file: string): string {
  if (statOf(file)?.isFile() !== true)
    throw problem('bad-path', { path: file, message: 'not a regular file' });
  return reading(file, () => readFileSync(file, 'latin1'));
}

/** What quilt takes and this does not. */
const PACKED = /\.(?:gz|bz2|xz|lzma|lz|zst|Z)$/;

function applyTo(
  tree: Tree,
  changes: Map<string, string | undefined>,
  folder: string,
  { name, options }: Entry,
  only: readonly string[] | undefined,
): void {
  const path = join(folder, name);
  const fail = (message: string): never => {
    throw problem('quilt-unapplied', { path: tree.path, patch: name, message });
  };
  if (!exists(path)) fail('the series names it, but it does not exist');
  if (PACKED.test(name)) fail('it is compressed');
  const other = options.find((option) => !/^-p(?:\d+|ab)$/.test(option));
  if (other !== undefined) fail(`the series gives it the option ${other}`);
  const level = Number(
    /^-p(\d+)$/.exec(options.findLast((option) => option.startsWith('-p')) ?? '')?.[1] ?? 1,
  );
  const text = textOf(path);
  // A line of a hunk begins otherwise.
  if (/^GIT binary patch$/m.test(text)) fail('it changes a binary file');
  for (const part of parsed(text, fail)) {
    if (part.hunks.length > 0 || MOVES.some((one) => part[one] === true))
      change({ tree, changes, level, only, fail }, part);
  }
}

/** What a diff of git's does to a file besides its lines. */
const MOVES = ['isRename', 'isCopy', 'isCreate', 'isDelete'] as const;

const HUNK = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/;

/**
 * A patch without lines between its hunks that look like lines of a hunk, for instance the signature of
 * `git format-patch`: a hunk has as many lines as its head says (patch(1)), and what follows is text.
 */
function withoutText(patch: string): string {
  let [old, made] = [0, 0];
  const kept = patch.split('\n').filter((line) => {
    if (old <= 0 && made <= 0) {
      const head = HUNK.exec(line);
      if (head !== null) [old, made] = [Number(head[1] ?? 1), Number(head[2] ?? 1)];
      return head !== null || !/^(?:-(?!-- )|\+(?!\+\+ )| )/.test(line);
    }
    if (!line.startsWith('+') && !line.startsWith('\\')) old -= 1;
    if (!line.startsWith('-') && !line.startsWith('\\')) made -= 1;
    return true;
  });
  return kept.join('\n');
}

function parsed(text: string, fail: (message: string) => never): readonly StructuredPatch[] {
  try {
    return parsePatch(withoutText(text));
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

/** A patch on the way. */
interface Applying {
  readonly tree: Tree;
  readonly changes: Map<string, string | undefined>;
  /** How many folders of a name are left out. */
  readonly level: number;
  readonly only: readonly string[] | undefined;
  readonly fail: (message: string) => never;
}

function change({ tree, changes, level, only, fail }: Applying, part: StructuredPatch): void {
  const now = (file: string): string | undefined =>
    changes.has(file) ? changes.get(file) : tree.has(file) ? tree.read(file) : undefined;
  const old = stripped(part.oldFileName ?? '', level);
  const gone = part.newFileName === '/dev/null' || part.isDelete === true;
  const file = gone ? old : stripped(part.newFileName ?? '', level);
  if (only !== undefined && !only.includes(file) && !only.includes(old)) return;
  const moved = part.isRename === true || part.isCopy === true;
  if (moved && now(old) === undefined) fail(`${old} does not exist`);
  const before = moved ? now(old) : now(file);
  const after = applyPatch(before ?? '', part, { fuzzFactor: 0, autoConvertLineEndings: false });
  if (after === false) {
    fail(`a hunk does not apply to ${file}`);
    return;
  }
  if (part.isRename === true) changes.set(old, undefined);
  changes.set(file, gone && after === '' ? undefined : after);
}

/** A name as `patch -pN` takes it. */
function stripped(name: string, level: number): string {
  return name.replace(/\t.*$/, '').split('/').slice(level).join('/');
}
