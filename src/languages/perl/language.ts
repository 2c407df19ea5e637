import { byName } from '../candidates.ts';
import type { LanguageReader } from '../language.ts';
import { PerlFile } from './file.ts';
import { handlesOf } from './handles.ts';
import { ownersIn } from './owners.ts';
import { stretchesOf } from './stretches.ts';

/** Perl 5, read by the text around each site: no grammar of Perl exists as wasm. */
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
