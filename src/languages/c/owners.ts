import type { Span, Target } from '../../target/contract.ts';
import type { Source } from '../language.ts';
import { layoutOf } from './layout.ts';

/** Where the functions and the bodies of macros of a name are in a C file. */
export function ownersIn(source: Source, name: string, target: Pick<Target, 'masks'>): readonly Span[] {
  const { blocks, directives } = layoutOf(source, target);
  return [
    ...blocks.filter((block) => block.name === name).map((block) => block.span),
    ...directives.flatMap(({ define }) => (define?.name.text === name ? [define.body] : [])),
  ];
}
