import type { Edit } from '../../src/target/contract.js';

/** Perl code in the C of perl.c, behind its indentation there. */
const LINES = [
  'BEGIN { my $f = q%c%s/sitecustomize.pl%c;',
  ' if (do {local $!; -f $f}) { do $f;',
  // `do` sets %INC as soon as the file is open.
  ' if ($! == %d && !exists $INC{$f} && open my $h, q(<), $f)',
  ' { $! = %d; die qq($f: $!\\\\n) } } }',
];

/**
 * sitecustomize.pl is passed over, without a word, where it cannot be read. Where it can, but may not be executed, the
 * program is not: its administrator wanted it to come first.
 */
export const sitecustomize: Edit = {
  patch: 'modules',
  file: 'perl.c',
  changes: [
    {
      find: /^(\s*)"BEGIN \{ do \{local \$!; -f q%c%s\/sitecustomize\.pl%c\} && do q%c%s\/sitecustomize\.pl%c \}",\n\s*0, (sitelib|SVfARG\(sitelib\)), 0,\n\s*0, \2, 0\)\);\n/m,
      put: 'replace',
      text: ([, blank = '', name = '']) =>
        `${LINES.map((line) => `${blank}"${line}"`).join('\n')},\n` +
        `${blank}0, ${name}, 0, EACCES, EACCES));\n`,
    },
  ],
};
