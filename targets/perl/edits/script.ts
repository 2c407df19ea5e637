import { has } from '../../../src/target/capabilities.ts';
import type { Edit } from '../../../src/target/contract.ts';
import { indented } from '../../../src/target/indented.ts';

/** How the script is opened, behind the indentation that the tree has there. */
export const script: readonly Edit[] = [
  {
    patch: 'script',
    rule: 'script',
    scope: 'statement',
    changes: [
      {
        find: /^rsfp = PerlIO_open\(scriptname,PERL_SCRIPT_MODE\);$/,
        put: 'replace',
        text: (_match, release) =>
          indented(has(release, 'tabs-in-perl-c'), 8, [
            'if (carrier)',
            '    rsfp = PerlIO_open(scriptname,PERL_SCRIPT_MODE);',
            '/* Nothing is executed of a carrier; if it is something else than the',
            ' * device that it has to be, then it is a script. */',
            'if (   !carrier',
            '    || (rsfp && (   PerlLIO_fstat(PerlIO_fileno(rsfp), &tmpstatbuf) < 0',
            '                 || !S_ISCHR(tmpstatbuf.st_mode))))',
            '{',
            '    SV *name = newSVpvn_flags(scriptname, strlen(scriptname), SVs_TEMP);',
            '',
            '    if (rsfp)',
            '        PerlIO_close(rsfp);',
            '    rsfp = PerlIO_openn(aTHX_ NULL, PERL_CODE_MODE, -1, PERL_CODE_FLAGS,',
            '                        0, NULL, 1, &name);',
            '}',
          ]),
      },
    ],
  },
  {
    patch: 'script',
    rule: 'script-descriptor',
    scope: 'statement',
    changes: [
      {
        find: /^rsfp = PerlIO_fdopen\(fdscript,PERL_SCRIPT_MODE\);$/,
        put: 'after',
        text: (_match, release) =>
          `\n${indented(
            has(release, 'tabs-in-perl-c'),
            8,
            [
              '/* No file is opened by its name here, but one is executed. */',
              'if (rsfp && !Perl_code_fd_passes(fdscript)) {',
              '    PerlIO_close(rsfp);',
              '    SETERRNO(EACCES, RMS_PRV);',
              '    rsfp = NULL;',
              '}',
            ],
            'line',
          )}`,
      },
    ],
  },
  {
    patch: 'script',
    file: 'perl.c',
    changes: [
      {
        find: /^(\s*)scriptname = BIT_BUCKET;\n(?=\s*goto reswitch;\n)/m,
        put: 'after',
        text: ([, blank = '']) => `${blank}carrier = TRUE;\n`,
      },
      {
        find: /^(\s*)scriptname = BIT_BUCKET;\t\/\* don't look for script or read stdin \*\/\n/m,
        put: 'after',
        text: ([, blank = '']) => `${blank}carrier = TRUE;\n`,
      },
    ],
  },
];
