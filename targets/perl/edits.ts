import { has } from '../../src/target/capabilities.js';
import type { Edit } from '../../src/target/contract.js';
import { debuggerEdits } from './debugger.js';
import { documentation } from './documentation.js';
import { embed } from './embed.js';
import { indented } from './source-text.js';
import { sitecustomize } from './sitecustomize.js';
import { addedTest } from './suite.js';

/** How the opens are rewritten, and what perl's own machinery has to be told of it. */
export const edits: readonly Edit[] = [
  {
    patch: 'helper',
    file: 'perl.h',
    changes: [
      {
        find: /^#ifndef PERL_SCRIPT_MODE\n#define PERL_SCRIPT_MODE "r"\n#endif\n/m,
        put: 'after',
        text: { template: 'perl.h.ejs' },
      },
    ],
  },
  {
    patch: 'helper',
    file: 'doio.c',
    changes: [
      {
        find: /^int\nPerl_PerlLIO_open_cloexec\(pTHX_ const char \*file, int flag\)\n/m,
        put: 'before',
        text: { template: 'doio.c.ejs' },
      },
    ],
  },
  {
    patch: 'helper',
    file: 'doio.c',
    owner: 'Perl_PerlLIO_open3_cloexec',
    changes: [
      {
        find: '    PERL_ARGS_ASSERT_PERLLIO_OPEN3_CLOEXEC;\n',
        put: 'after',
        text:
          '#ifdef PERL_O_CODE\n' +
          '    if ((flag & (O_ACCMODE | O_CREAT | PERL_O_CODE)) == PERL_CODE_FLAGS)\n' +
          '        return S_open_code(file, (flag & ~PERL_O_CODE) | O_CLOEXEC);\n' +
          '#endif\n',
      },
    ],
  },
  {
    patch: 'helper',
    file: 'perl.c',
    owner: 'perl_parse',
    changes: [
      {
        find: '    PERL_ARGS_ASSERT_PERL_PARSE;\n',
        put: 'after',
        text:
          '#if defined(PERL_IS_MINIPERL) && defined(PERL_O_CODE)\n' +
          '    /* What is built in is the policy of the perl that is being built. */\n' +
          '    PL_code_exempt = 1;\n' +
          '#endif\n',
      },
    ],
  },
  ...embed,

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
        find: /^ {4}bool add_read_e_script = FALSE;\n/m,
        put: 'after',
        text: '    bool carrier = FALSE; /* scriptname is BIT_BUCKET, for -e and -V */\n',
      },
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
      {
        find: 'open_script(scriptname, dosearch, &suidscript)',
        put: 'replace',
        text: 'open_script(scriptname, dosearch, carrier, &suidscript)',
      },
      {
        find: 'S_open_script(pTHX_ const char *scriptname, bool dosearch, bool *suidscript)',
        put: 'replace',
        text: 'S_open_script(pTHX_ const char *scriptname, bool dosearch, bool carrier,\n              bool *suidscript)',
      },
    ],
  },

  {
    patch: 'modules',
    rule: 'module',
    scope: 'call',
    changes: [
      {
        find: /PERL_SCRIPT_MODE, -1, 0, 0, NULL, 1, &name\)$/,
        put: 'replace',
        text: 'PERL_CODE_MODE, -1, PERL_CODE_FLAGS, 0, NULL, 1, &name)',
      },
    ],
  },
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
  ...documentation,
  ...addedTest('tests', 'mayexec.t', 'Test files that are executed.'),
  ...debuggerEdits,
];
