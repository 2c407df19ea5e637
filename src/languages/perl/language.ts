import { byName } from '../candidates.js';
import type { LanguageReader } from '../language.js';
import { PerlFile } from './file.js';
import { handlesOf } from './handles.js';
import { ownersIn } from './owners.js';
import { stretchesOf } from './stretches.js';

/** Perl 5, told by what stands around it: no grammar of Perl can be had as wasm. */
export const perl: LanguageReader = {
  begins: { ending: /\.(?:pl|pm)$/, openers: [{ token: 'open|sysopen|opendir', gives: 'handle' }] },
  judge: ({ file, text }, _target, until) => Promise.resolve(new PerlFile(file, text, until)),
  owners: ownersIn,
  values: {
    // Operators (perlfunc), Safe and DynaLoader.
    evaluates: () => ['eval', 'do', 'require', 'evalbytes', 's///ee', 'reval', 'rdo', 'dl_load_file'],
    definition: /^[ \t]*sub[ \t]+(?:\w+::)*([A-Za-z_]\w*)/gm,
    defined: { before: /\bsub\s+(?:\w+::)*$/, behind: /^\s*[({]/ },
    stretches: () => Promise.resolve(stretchesOf),
    opened: handlesOf,
    // Methods have the names of many modules' functions.
    candidates: ({ from, definers }) => byName(from, definers, 1),
    bare: /(?<=->)[A-Za-z_]\w*/g,
  },
};
