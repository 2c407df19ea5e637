import type { Span } from '../../target/contract.ts';
import { ahead } from './around.ts';
import { closing } from './balance.ts';
import { blockAt } from './blocks.ts';
import type { Layout } from './layout.ts';

/** A call in a function of a file. */
export interface Call {
  readonly call: Span;
  /** The function. */
  readonly owner: { readonly name: string; readonly span: Span };
}

/** The calls of any of some functions in the functions of a C file, as far as it can be told without a parser. */
export function callsOf(names: readonly string[], { code, blocks }: Layout): readonly Call[] {
  if (names.length === 0) return [];
  const pattern = new RegExp(`\\b(?:${names.join('|')})\\b`, 'g');
  return [...code.matchAll(pattern)].flatMap(({ index, 0: name }) => {
    const open = ahead(code, [], index + name.length);
    const block = code[open] === '(' ? blockAt(blocks, index) : undefined;
    if (block?.name === undefined || index < block.body.start) return [];
    const end = closing(code, [], open);
    if (end === undefined) return [];
    return [{ call: { start: index, end }, owner: { name: block.name, span: block.span } }];
  });
}
