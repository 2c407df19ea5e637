import { parserFor } from '../../parse/grammar.ts';
import { byName } from '../candidates.ts';
import type { LanguageReader } from '../language.ts';
import { resultOf } from '../results.ts';
import { aliasesOf } from './aliases.ts';
import { CFile } from './file.ts';
import { GRAMMAR } from './grammar.ts';
import { ownersIn } from './owners.ts';
import { reachedIn } from './reached.ts';
import { stretcher } from './stretches.ts';
import { twin } from './twin.ts';

/** C, with its preprocessor, in the styles from before ANSI to today's. */
export const c: LanguageReader = {
  grammar: GRAMMAR,
  begins: {
    ending: /\.(?:c|h|y|l)$/,
    // The functions of libc.
    openers: [
      { token: 'open(?:at)?(?:64)?|openat2|creat(?:64)?|shm_open|memfd_create', gives: 'fd' },
      { token: 'f(?:re)?open(?:64)?|fdopen|popen|fmemopen|tmpfile(?:64)?', gives: 'FILE' },
      { token: 'mkstemps?(?:64)?|mkostemps?(?:64)?', gives: 'fd' },
      { token: 'mkdtemp|mktemp|tmpnam|tempnam|scandir|ftw|nftw', gives: 'nothing' },
      { token: 'f?dopendir|opendir|dlm?open', gives: 'handle' },
    ],
  },
  judge: async ({ file, text }, target) => new CFile(file, text, target, await parserFor(GRAMMAR)),
  owners: ownersIn,
  aliases: aliasesOf,
  reached: reachedIn,
  twin,
  values: {
    // What POSIX has: dlopen(3), and popen(3) and system(3), whose argument is a program.
    evaluates: (said) => ['dlopen', 'popen', 'system', ...said],
    // The names of functions come before a parenthesis, in the first column or behind a type there.
    definition: /^(?:[A-Za-z_][\w \t*]*[ \t*])?([A-Za-z_]\w*)[ \t]*\((?![^;\n]*;)/gm,
    stretches: stretcher,
    opened: resultOf,
    candidates: ({ from, definers }) => byName(from, definers),
    fills: /read|gets?$|getc|getline|getdelim|scanf|recv|cpy|cat$|printf|memmove/i,
  },
};
