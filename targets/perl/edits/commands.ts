import { has } from '../../../src/target/capabilities.ts';
import type { Edit } from '../../../src/target/contract.ts';
import { indented } from '../../../src/target/indented.ts';

/** The options and the standard input, where perl.c has tabs in some releases. */
export const commands: readonly Edit[] = [
  {
    patch: 'commands',
    file: 'perl.c',
    changes: [
      {
        find: /^\s*forbid_setid\('e', FALSE\);\n/m,
        put: 'after',
        text: (_match, release) =>
          `${indented(has(release, 'tabs-in-perl-c'), 12, [`S_forbid_code(aTHX_ c == 'e' ? "-e" : "-E", PERL_CODE_OPTION);`], 'line')}\n`,
      },
      {
        find: /^\s*validate_suid\(rsfp\);\n/m,
        put: 'before',
        text: (_match, release) =>
          `${indented(
            has(release, 'tabs-in-perl-c'),
            8,
            [
              'if (lex_start_flags & LEX_DONT_CLOSE_RSFP)',
              '    S_forbid_code(aTHX_ "the standard input", PerlIO_fileno(rsfp));',
              '',
            ],
            'line',
          )}\n`,
      },
    ],
  },
];
