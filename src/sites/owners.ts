import { readerOf } from '../languages/registry.ts';
import type { Span, Target, Tree } from '../target/contract.ts';

/** Where the functions, classes and bodies of macros of a name are in a file; none in a file that is no source. */
export function ownersIn(file: string, tree: Tree, target: Target, name: string): readonly Span[] {
  const language = target.language(file);
  if (language === undefined) return [];
  return readerOf(language, target).owners({ file, text: tree.read(file) }, name, target);
}
