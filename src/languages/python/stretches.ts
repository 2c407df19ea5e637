import { parserFor } from '../../parse/grammar.js';
import type { Source, Stretch } from '../language.js';
import { once } from '../once.js';
import { pythonBodies } from './bodies.js';
import { GRAMMAR } from './grammar.js';
import { parsedPart } from './parsed-part.js';
import { partsOf, pythonText } from './parts.js';

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
