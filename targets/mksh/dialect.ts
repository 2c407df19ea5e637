import type { Dialect } from '../../src/target/dialect.ts';

/** How mksh speaks. */
export const dialect: Dialect = {
  option: '-c',
  extension: '.sh',
  hello: (name) => `echo "${name}" "ran"\n`,
  refused: (name) => [`${name}: Permission denied`],
  status: 127,
  // Without line editing: the end of a file is typed before the shell can take the terminal over.
  onTerminal: { options: ['+o', 'emacs'], env: {} },
  denied: {
    input: ['standard input: SECBIT_EXEC_DENY_INTERACTIVE: Permission denied'],
    patch: 'commands',
  },
};
