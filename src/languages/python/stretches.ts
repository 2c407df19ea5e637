import { parserFor } from '../../parse/grammar.ts';
import type { Source, Stretch } from '../language.ts';
import { once } from '../once.ts';
import { pythonBodies } from './bodies.ts';
import { GRAMMAR } from './grammar.ts';
import { parsedPart } from './parsed-part.ts';
import { partsOf, pythonText } from './parts.ts';

/** What divides a Python file into its definitions. */
export async function stretcher(): Promise<(source: Source) => readonly Stretch[]> {
  const parser = await parserFor(GRAMMAR);
  return ({ file, text }) =>
    partsOf(text, pythonText(text).regions).map((part) => ({
      start: part.start,
      end: part.end,
      bodies: once(() => {
        const syntax = parsedPart(parser, text, part);
        const bodies = pythonBodies(
          syntax.root,
          file,
          syntax.start(syntax.root) - syntax.root.startIndex,
          part.within,
        );
        syntax.free();
        return bodies;
      }),
    }));
}
