import type { Span } from '../../target/contract.js';
import type { Source } from '../language.js';
import { perlRegions } from './regions.js';
import { endOfSub, subsIn } from './subs.js';

/** Where the subs of a name stand in a Perl file. */
export function ownersIn({ text }: Source, name: string): readonly Span[] {
  return subsIn(text, perlRegions(text, text.length))
    .filter((sub) => sub.name === name)
    .map(({ start }) => ({ start, end: endOfSub(text, start) }));
}
