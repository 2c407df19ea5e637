import { has } from '../../../src/target/capabilities.ts';
import type { Edit } from '../../../src/target/contract.ts';
import { indented } from '../../../src/target/indented.ts';

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
const sitecustomize: Edit = {
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

/** What becomes of a refused module, and of a refused sitecustomize.pl. */
export const modules: readonly Edit[] = [
  {
    patch: 'modules',
    file: 'pp_ctl.c',
    owner: 'S_doopen_pm',
    changes: [
      {
        find: /^\s*if \(pmcio\)\n\s*return pmcio;\n/m,
        put: 'after',
        text: (_match, release) =>
          `${indented(has(release, 'tabs-in-pp-ctl-c'), 8, [
            '#ifdef PERL_O_CODE',
            "/* One that perl can't read is passed over. One that it can, but may",
            ' * not execute, is not: no other file is executed in its place. */',
            'if (errno == EACCES) {',
            '    const int fd = PerlLIO_open_cloexec(SvPVX_const(pmcsv),',
            '                                        O_RDONLY | O_NONBLOCK);',
            '    if (fd >= 0) {',
            '        PerlLIO_close(fd);',
            '        SETERRNO(EACCES, RMS_PRV);',
            '        return NULL;',
            '    }',
            '}',
            '#endif',
          ])}\n`,
      },
    ],
  },
  sitecustomize,
];
