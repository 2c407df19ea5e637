import { expectFewFiles } from '../parse/grammar.js';
import type { Sources } from '../target/deployment.js';
import { perlReader } from './perl.js';
import { pythonReader } from './python.js';
import { shellReader } from './shell.js';
import type { Reader } from './sourcing.js';

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
