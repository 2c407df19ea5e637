import type { Edit } from '../../src/target/contract.js';
import { newsOf } from './documentation.js';
import { suite } from './suite.js';

const MAN = `.PP
A key that is bound to a macro runs what the macro says.
On Linux,
.B bash
therefore opens
.I inputrc
files, the files they include and the argument of \\fBbind \\-f\\fP
as it opens scripts (see
.SM
.B INVOCATION
above): a file that the system's policy does not let it execute is treated
as one that cannot be read.
`;

const TEXINFO = `@ifset BashFeatures
A key that is bound to a macro runs what the macro says.
On Linux, Bash therefore opens init files, the files they include and the
argument of @w{@code{bind -f}} as it opens scripts
(@pxref{Bash Startup Files}): a file that the system's policy does not let
it execute is treated as one that cannot be read.
@end ifset

`;

const NEWS = `Init files are opened as scripts are, since a key that is bound to a macro
   runs commands: a policy of the kernel's can refuse them.`;

const changes: readonly Edit[] = [
  {
    patch: 'inputrc',
    rule: 'inputrc',
    scope: 'call',
    // openat2 takes no mode where no file is created.
    changes: [
      { find: 'open (filename, O_RDONLY, 0666)', put: 'replace', text: 'sh_open_code (filename, O_RDONLY)' },
    ],
  },
  {
    patch: 'inputrc',
    file: 'lib/readline/rlshell.h',
    changes: [
      {
        // 5.1 writes PARAMS((int)).
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
  {
    patch: 'inputrc',
    file: 'doc/bash.1',
    degrades: true,
    changes: [{ find: '.SS "Readline Key Bindings"\n', put: 'before', text: MAN }],
  },
  {
    patch: 'inputrc',
    file: 'lib/readline/doc/rluser.texi',
    degrades: true,
    changes: [{ find: '@menu\n* Readline Init File Syntax::', put: 'before', text: TEXINFO }],
  },
  newsOf('inputrc', NEWS, [
    ['5.1', 'k. The signal cleanup code now blocks SIGINT while processing after a SIGINT.\n', 'l'],
    ['5.2', '   and key binding variables when the locale changes.\n', 'n'],
    ['5.3', '   a SIGCONT.\n', 'p'],
  ]),
  ...suite('inputrc', 'inputrc', { files: 'input.right', runs: 'run-input-test' }),
];

/** Readline's init files, opened as code; the patch owns its documentation and tests, and goes with the tree's readline. */
export const inputrc = changes.map((edit): Edit => ({
  ...edit,
  where: ['bundled-readline', ...[edit.where ?? []].flat()],
}));
