import type { Span, Target, Tree } from '../target/contract.js';
import { blocksOf } from './blocks.js';
import { directivesOf } from './directives.js';
import { codeOnly, regionsOf } from './regions.js';

/**
 * Where the functions and the bodies of macros of a name stand in a C file.
 */
export function ownersIn(file: string, tree: Tree, target: Target, name: string): readonly Span[] {
  const text = tree.read(file);
  const code = codeOnly(
    text,
    regionsOf(
      text,
      target.masks.filter((mask) => mask.files.test(file)),
    ),
  );
  const directives = directivesOf(code);
  const blank = codeOnly(
    code,
    directives.map(({ start, end }) => ({ start, end, kind: 'comment' as const })),
  );
  return [
    ...blocksOf(blank, directives)
      .filter((block) => block.name === name)
      .map((block) => block.span),
    ...directives.flatMap(({ define }) => (define?.name.text === name ? [define.body] : [])),
  ];
}
