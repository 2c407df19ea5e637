import type { Edit } from '../../../src/target/contract.ts';

/** What declares the helper, as the tree writes a prototype: in PARAMS, in __P, in neither. */
export const prototypes: readonly Edit[] = [
  {
    patch: 'helper',
    file: 'externs.h',
    changes: [
      {
        find: /^extern int netopen (.*);\n/m,
        put: 'after',
        text: ([, types = '']) =>
          '\n/* declarations for functions defined in lib/sh/opencode.c */\n' +
          `extern int sh_open_code ${types.replace('char *', 'const char *, int')};\n` +
          '#define SH_CODE_OPTION\t1\n' +
          '#define SH_CODE_INPUT\t2\t\t/* standard input, history */\n' +
          '#define SH_CODE_VARIABLE\t4\n' +
          `extern int sh_interactive_denied ${types.replace('char *', 'int')};\n` +
          `extern int sh_code_passes ${types.replace('char *', 'int')};\n`,
      },
    ],
  },
  {
    patch: 'inputrc',
    file: 'lib/readline/rlshell.h',
    changes: [
      {
        find: /^extern int sh_unset_nodelay_mode (.*);\n/m,
        put: 'after',
        text: (match) => `extern int sh_open_code ${(match[1] ?? '').replace('int', 'const char *, int')};\n`,
      },
    ],
  },
  {
    patch: 'inputrc',
    file: 'lib/readline/shell.c',
    changes: [
      {
        find: /^int\nsh_unset_nodelay_mode \((int )?[\s\S]*?^}\n/m,
        put: 'after',
        text: (match) =>
          '\n/* Open PATH, whose contents can run commands.  Bash asks the kernel whether it\n' +
          '   may; readline alone does not. */\n' +
          `int\nsh_open_code ${match[1] === undefined ? '(path, flags)\n     const char *path;\n     int flags;' : '(const char *path, int flags)'}\n` +
          '{\n  return (open (path, flags));\n}\n',
      },
    ],
  },
];
