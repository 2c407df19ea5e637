import type { Edit } from '../../src/target/contract.js';

/**
 * embed.fnc declares every function, and `make regen` writes proto.h and embed.h from it: these are the lines that it
 * writes. The list was once in no order.
 */
export const embed: readonly Edit[] = [
  {
    patch: 'helper',
    where: '!declarations-sorted',
    file: 'embed.fnc',
    changes: [
      {
        find: 'pToR\t|int\t|my_mkstemp_cloexec|NN char *templte\n',
        put: 'before',
        text: 'pToR\t|bool\t|code_fd_passes|int fd\n',
      },
    ],
  },
  {
    patch: 'helper',
    where: 'declarations-sorted',
    file: 'embed.fnc',
    changes: [
      {
        find: 'Adpx\t|const char *|cop_fetch_label\t\t\t\t\t\\\n',
        put: 'before',
        text: 'RTop\t|bool\t|code_fd_passes |int fd\n',
      },
    ],
  },
  {
    patch: 'helper',
    where: '!prototypes-split',
    file: 'proto.h',
    changes: [
      {
        find: 'PERL_CALLCONV const char *\tPerl_cop_fetch_label(',
        put: 'before',
        text:
          'PERL_CALLCONV bool\tPerl_code_fd_passes(int fd)\n' +
          '\t\t\t__attribute__warn_unused_result__;\n' +
          '#define PERL_ARGS_ASSERT_CODE_FD_PASSES\n\n',
      },
    ],
  },
  {
    patch: 'helper',
    where: 'prototypes-split',
    file: 'proto.h',
    changes: [
      {
        find: 'PERL_CALLCONV const char *\nPerl_cop_fetch_label(',
        put: 'before',
        text:
          'PERL_CALLCONV bool\n' +
          'Perl_code_fd_passes(int fd)\n' +
          '        __attribute__warn_unused_result__\n' +
          '        __attribute__visibility__("hidden");\n' +
          '#define PERL_ARGS_ASSERT_CODE_FD_PASSES\n\n',
      },
    ],
  },
  {
    patch: 'script',
    where: '!declarations-sorted',
    file: 'embed.fnc',
    changes: [
      {
        find: '|open_script\t|NN const char *scriptname|bool dosearch \\\n\t\t\t\t|NN bool *suidscript\n',
        put: 'replace',
        text: '|open_script\t|NN const char *scriptname|bool dosearch \\\n\t\t\t\t|bool carrier|NN bool *suidscript\n',
      },
    ],
  },
  {
    patch: 'script',
    where: 'declarations-sorted',
    file: 'embed.fnc',
    changes: [
      {
        find: /(?<=\|open_script\t\|NN const char \*scriptname\t\t\\\n\t\t\t\t\|bool dosearch\t\t\t\t\\\n)(?=\t\t\t\t\|NN bool \*suidscript\n)/,
        put: 'after',
        text: '\t\t\t\t|bool carrier\t\t\t\t\\\n',
      },
    ],
  },
  {
    patch: 'script',
    file: 'proto.h',
    changes: [
      {
        find: 'S_open_script(pTHX_ const char *scriptname, bool dosearch, bool *suidscript);',
        put: 'replace',
        text: 'S_open_script(pTHX_ const char *scriptname, bool dosearch, bool carrier, bool *suidscript);',
      },
    ],
  },
  {
    patch: 'script',
    file: 'embed.h',
    changes: [
      {
        // Where the second column is made of blanks, its place stays.
        find: /open_script\(a,b,c\)(?: {2})?(\s+)S_open_script\(aTHX_ a,b,c\)/,
        put: 'replace',
        text: ([, blank = '']) => `open_script(a,b,c,d)${blank}S_open_script(aTHX_ a,b,c,d)`,
      },
    ],
  },
];
