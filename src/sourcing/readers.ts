import { expectFewFiles } from '../parse/grammar.ts';
import type { Sources } from '../target/deployment.ts';
import { perlReader } from './perl.ts';
import { pythonReader } from './python.ts';
import { shellReader } from './shell.ts';
import type { Reader } from './sourcing.ts';

/** The reader of the language that a target's files of code are written in. */
export function readerOf({ language, places }: Sources): Promise<Reader> {
  expectFewFiles();
  switch (language) {
    case 'shell':
      return shellReader(places);
    case 'python':
      return pythonReader();
    case 'perl':
      return Promise.resolve(perlReader);
  }
}
