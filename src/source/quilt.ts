import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyPatch, parsePatch } from 'diff';
import { problem } from '../problems.js';
import type { Tree } from '../target/contract.js';
import { overlay } from './overlay.js';

/** A tree that is kept under quilt, as Debian's source packages are. */
export interface QuiltTree {
  /** The tree as it is when all of its own patches are applied. */
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
 * @returns undefined for a tree that is not under quilt
 * @throws Problem `quilt-unapplied` when one of its own patches does not apply
 */
export function quiltTree(tree: Tree): QuiltTree | undefined {
  const folder = FOLDERS.map((one) => join(tree.path, one)).find((one) => existsSync(join(one, 'series')));
  const appliedFile = join(tree.path, '.pc', 'applied-patches');
  const done = existsSync(appliedFile) ? namesIn(appliedFile) : [];
  if (folder === undefined) {
    return existsSync(join(tree.path, '.pc'))
      ? { tree, patches: done.length, applied: done.length }
      : undefined;
  }
  const all = namesIn(join(folder, 'series'));
  const changes = new Map<string, string | undefined>();
  for (const name of all.filter((one) => !done.includes(one))) applyTo(tree, changes, folder, name);
  return {
    tree: changes.size === 0 ? tree : overlay(tree, changes),
    patches: all.length,
    applied: done.length,
  };
}

/** The patches that a series file names, without comments and options. */
function namesIn(file: string): readonly string[] {
  return readFileSync(file, 'latin1')
    .split('\n')
    .map(
      (line) =>
        line
          .replace(/(?:^|\s)#.*/, '')
          .trim()
          .split(/\s+/)[0] ?? '',
    )
    .filter((name) => name !== '');
}

function applyTo(tree: Tree, changes: Map<string, string | undefined>, folder: string, name: string): void {
  const path = join(folder, name);
  const fail = (message: string): never => {
    throw problem('quilt-unapplied', { path: tree.path, patch: name, message });
  };
  if (!existsSync(path)) fail('the series names it, and it does not exist');
  for (const part of parsePatch(readFileSync(path, 'latin1'))) {
    if (part.hunks.length === 0) continue;
    const gone = part.newFileName === '/dev/null';
    const file = stripped((gone ? part.oldFileName : part.newFileName) ?? '');
    const before = changes.has(file) ? changes.get(file) : tree.has(file) ? tree.read(file) : undefined;
    const after = applyPatch(before ?? '', part, { fuzzFactor: 0, autoConvertLineEndings: false });
    if (after === false) fail(`a hunk does not apply to ${file}`);
    else changes.set(file, gone && after === '' ? undefined : after);
  }
}

/** A name as `patch -p1` takes it. */
function stripped(name: string): string {
  return name.replace(/^[^/]+\//, '').replace(/\t.*$/, '');
}
