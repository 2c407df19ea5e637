import { expectFewFiles } from '../parse/grammar.ts';
import type { Sources } from '../target/deployment.ts';
import { perlReader } from './perl.ts';
import { pythonReader } from './python.ts';
import { shellReader } from './shell.ts';
import type { Reader } from './sourcing.ts';

/** How the reader of each language is made. */
const READERS: Readonly<Record<Sources['language'], (places: Sources['places']) => Promise<Reader>>> = {
  shell: shellReader,
  python: pythonReader,
  perl: () => Promise.resolve(perlReader),
};

/** The reader of the language that a target's files of code are written in. */
export function readerOf({ language, places }: Sources): Promise<Reader> {
  expectFewFiles();
  return READERS[language](places);
}
