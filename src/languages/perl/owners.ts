import type { Span } from '../../target/contract.ts';
import type { Source } from '../language.ts';
import { perlRegions } from './regions.ts';
import { endOfSub, subsIn } from './subs.ts';

/** Where the subs of a name are in a Perl file. */
export function ownersIn({ text }: Source, name: string): readonly Span[] {
  return subsIn(text, perlRegions(text, text.length))
    .filter((sub) => sub.name === name)
    .map(({ start }) => ({ start, end: endOfSub(text, start) }));
}
