import type { Span, Target, Tree } from '../target/contract.js';
import { layoutOf, masksOf } from './layout.js';
import { regionsOf } from './regions.js';

/**
 * Where the functions and the bodies of macros of a name stand in a C file.
 */
export function ownersIn(file: string, tree: Tree, target: Target, name: string): readonly Span[] {
  const text = tree.read(file);
  const { blocks, directives } = layoutOf(text, regionsOf(text, masksOf(target.masks, file)));
  return [
    ...blocks.filter((block) => block.name === name).map((block) => block.span),
    ...directives.flatMap(({ define }) => (define?.name.text === name ? [define.body] : [])),
  ];
}
