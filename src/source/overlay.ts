import type { Tree } from '../target/contract.ts';

/**
 * A tree with some files other than they are on the disk.
 *
 * @param base what lies below
 * @param changes text (latin1) of new and changed files; undefined for one that is gone
 */
export function overlay(base: Tree, changes: ReadonlyMap<string, string | undefined>): Tree {
  const names = new Set(base.files.filter((file) => !changes.has(file)));
  for (const [file, text] of changes) if (text !== undefined) names.add(file);
  const files = [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return {
    path: base.path,
    files,
    skipped: base.skipped ?? [],
    has: (file) => names.has(file),
    read: (file) => changes.get(file) ?? base.read(file),
    executable: (file) => base.has(file) && base.executable(file),
  };
}
