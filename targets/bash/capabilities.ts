import type { Capability } from '../../src/target/contract.ts';

/** What differs from one tree of bash to another, and the series depends on. */
export const capabilities: readonly Capability[] = [
  {
    id: 'ansi',
    what: 'Functions are defined with prototypes, not in the style of K&R.',
    file: 'builtins/enable.def',
    has: /^dyn_load_builtin \(WORD_LIST \*/m,
  },
  {
    id: 'buffered-input-optional',
    what: 'The shell can be built without buffered input, which the macro BUFFERED_INPUT switches on.',
    file: 'input.c',
    has: '#if defined (BUFFERED_INPUT)\n',
  },
  {
    id: 'bundled-readline',
    what: 'Readline is in the tree, and is what the shell is built with.',
    file: 'lib/readline/bind.c',
  },
  {
    id: 'evalfile-internal',
    what: 'The function that reads a file and runs it is evalfile_internal.',
    file: 'builtins/evalfile.c',
    has: /^evalfile_internal \(/m,
  },
  {
    id: 'loads-from-current-folder',
    what: 'A loadable builtin that is not found is looked for in the current folder.',
    file: 'builtins/enable.def',
    has: 'directory for now */\n',
  },
  {
    id: 'noexpand-translation',
    what: 'The shell option noexpand_translation has translations not expanded, and quoting takes flags.',
    file: 'locale.c',
    has: 'singlequote_translations',
  },
  {
    id: 'not-found-names-command',
    what: 'The message that a command is not found is translated with the place for its name in it.',
    file: 'execute_cmd.c',
    has: '_("%s: command not found")',
  },
  {
    id: 'source-retries',
    what: 'The open of a sourced file is tried again where a signal interrupts it, in a loop.',
    file: 'builtins/evalfile.c',
    has: 'FEVAL_RETRY',
  },
];
