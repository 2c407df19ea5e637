import { parserFor } from '../../parse/grammar.ts';
import type { LanguageReader } from '../language.ts';
import { resultOf } from '../results.ts';
import { PythonFile } from './file.ts';
import { GRAMMAR } from './grammar.ts';
import { candidates, moduleName } from './modules.ts';
import { ownersIn } from './owners.ts';
import { stretcher } from './stretches.ts';

/** Python 3, and what of Python 2 its grammar reads. */
export const python: LanguageReader = {
  grammar: GRAMMAR,
  begins: {
    ending: /\.py$/,
    openers: [
      { token: 'open_code|open|popen|fdopen|FileIO', gives: 'object' },
      { token: '(?:read|write)_(?:text|bytes)|run_path|execfile|CDLL', gives: 'object' },
    ],
  },
  judge: async ({ file, text }, target) => new PythonFile(file, text, target, await parserFor(GRAMMAR)),
  owners: ownersIn,
  values: {
    // Built-in functions, and the modules that make code objects or objects of any class: the documentation of
    // `functions`, `runpy`, `marshal`, `pickle`, `code`.
    evaluates: () => [
      ...['exec', 'eval', '(?<![.\\w])compile', 'execfile', '__import__', 'import_module'],
      ...['exec_module', 'load_module', 'run_path', 'run_module', 'runcode', 'runsource', 'runctx'],
      ...['FunctionType', 'CodeType', '(?:marshal|c?[pP]ickle|shelve)\\.(?:loads?|open)', 'Unpickler'],
      ...['dlopen', 'CDLL'],
    ],
    definition: /^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+([A-Za-z_]\w*)/gm,
    defined: { before: /\bdef\s+$/, behind: /^\s*\(/ },
    stretches: stretcher,
    opened: resultOf,
    candidates,
    // The object of a method, which its head names and its call does not.
    before: (path, { within, name, parameters }) => {
      const hasObject = within !== undefined && (parameters[0] === 'self' || name === '__init__');
      return hasObject || path.includes('.') ? 1 : 0;
    },
    maker: { name: '__init__', named: { before: /\bclass\s+$/ } },
    mention: moduleName,
  },
};
