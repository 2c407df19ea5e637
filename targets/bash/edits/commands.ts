import { has } from '../../../src/target/capabilities.ts';
import type { Edit, Release } from '../../../src/target/contract.ts';
import { head, prototype } from './head.ts';

/** How a program from a file or a pipe is read: older trees can be built without it, later ones know no other way. */
function buffered(release: Release): string {
  const lines = '  else if (bash_input.type == st_bstream)\n    fd = bash_input.location.buffered_fd;\n';
  return has(release, 'buffered-input-optional') ? `#if defined (BUFFERED_INPUT)\n${lines}#endif\n` : lines;
}

/** Functions that commands from no file are refused by. */
export const commands: readonly Edit[] = [
  {
    patch: 'commands',
    file: 'shell.c',
    changes: [
      {
        find: '/* A wrapper for exit that (optionally) can do other things, like malloc\n',
        put: 'before',
        text: (_match, release) =>
          '/* Exit because the system does not let the shell execute commands from WHAT,\n' +
          '   which is no file that it could open as code. */\n' +
          `void\n${head(release, 'refuse_commands', 'const char *what')}` +
          '{\n' +
          '  last_command_exit_value = EX_NOINPUT;	/* for set -e */\n' +
          '  report_error ("%s: SECBIT_EXEC_DENY_INTERACTIVE: %s", what, strerror (EACCES));\n' +
          '  exit_shell (EX_NOINPUT);\n' +
          '}\n\n',
      },
    ],
  },
  {
    patch: 'commands',
    file: 'externs.h',
    changes: [
      {
        find: /^extern void subshell_exit .*\n/m,
        put: 'before',
        text: (_match, release) =>
          `${prototype(release, 'extern void refuse_commands', 'const char *')} __attribute__((__noreturn__));\n`,
      },
    ],
  },
  {
    patch: 'commands',
    file: 'input.c',
    changes: [
      {
        find: 'static int local_index = 0, local_bufused = 0;\n',
        put: 'after',
        text: (_match, release) =>
          '\n/* Nonzero if file descriptor 0 can have become another file since the kernel\n' +
          '   was asked whether commands may be read from it. */\n' +
          'static int stdin_unchecked;\n' +
          '\n/* Return 1 if the parser is about to read from the standard input, and may not.\n' +
          '   Somebody who types is asked about for each command. */\n' +
          `int\n${head(release, 'stdin_refused')}` +
          '{\n' +
          '  int fd;\n' +
          '\n' +
          '  if (bash_input.type == st_stdin)\n' +
          '    fd = 0;\n' +
          '  else if (bash_input.type == st_stream)\n' +
          '    fd = fileno (bash_input.location.file);\n' +
          buffered(release) +
          '  else\n' +
          '    fd = -1;\n' +
          '\n' +
          '  if (fd != 0 || (stdin_unchecked == 0 && interactive == 0))\n' +
          '    return 0;\n' +
          '\n' +
          '  stdin_unchecked = 0;\n' +
          '  return (sh_code_passes (0) == 0);\n' +
          '}\n',
      },
    ],
  },
  {
    patch: 'commands',
    file: 'input.h',
    changes: [
      {
        find: /^extern int ungetc_with_restart .*\n/m,
        put: 'after',
        text: (_match, release) => `${prototype(release, 'extern int stdin_refused', 'void')};\n`,
      },
    ],
  },
  {
    patch: 'commands',
    file: 'builtins/set.def',
    changes: [
      {
        find: /if \(interactive[^)\n]*(?=\)\n\twith_input_from_stdin \()/,
        put: 'after',
        text: () => ' && sh_interactive_denied (SH_CODE_INPUT) == 0',
      },
    ],
  },
];
