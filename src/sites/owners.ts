import type { Span, Target, Tree } from '../target/contract.js';
import { blocksOf } from './blocks.js';
import { directivesOf } from './directives.js';
import { codeOnly, regionsOf } from './regions.js';

/**
 * Where a function, or the body of a macro, stands in a C file.
 *
 * @returns undefined when there is none of that name, or more than one
 */
export function ownerIn(file: string, tree: Tree, target: Target, name: string): Span | undefined {
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
  const found = [
    ...blocksOf(blank, directives)
      .filter((block) => block.name === name)
      .map((block) => block.span),
    ...directives.flatMap(({ define }) => (define?.name.text === name ? [define.body] : [])),
  ];
  return found.length === 1 ? found[0] : undefined;
}
