import type { Span } from '../../target/contract.ts';
import type { Source } from '../language.ts';
import { regionAt } from '../regions.ts';
import { pythonText } from './parts.ts';

/** Where the functions and classes of a name are in a Python file, from their heads to the end of what is indented. */
export function ownersIn({ text }: Source, name: string): readonly Span[] {
  const { regions } = pythonText(text);
  const head = new RegExp(`^([ \\t]*)(?:(?:async[ \\t]+)?def|class)[ \\t]+${name}\\b`, 'gm');
  return [...text.matchAll(head)].flatMap(({ index, 0: found, 1: indentation = '' }) => {
    const start = index + indentation.length;
    if (regionAt(regions, start)) return [];
    // A line with no more indentation than the head ends it, unless it closes the head's brackets.
    const next = new RegExp(`^[ \\t]{0,${indentation.length}}[^\\s#)\\]}]`, 'gm');
    next.lastIndex = index + found.length;
    let end = text.length;
    for (let line = next.exec(text); line !== null; line = next.exec(text)) {
      const region = regionAt(regions, line.index);
      if (region !== undefined && region.start < line.index) continue;
      end = line.index;
      break;
    }
    return [{ start, end: start + text.slice(start, end).trimEnd().length }];
  });
}
