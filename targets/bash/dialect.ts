import type { Dialect } from '../../src/target/dialect.ts';

/** How bash speaks. */
export const dialect: Dialect = {
  option: '-c',
  extension: '.sh',
  hello: (name) => `echo "${name}" "ran"\n`,
  refused: (name) => [`${name}: Permission denied`],
  status: 126,
  denied: {
    input: ['standard input: SECBIT_EXEC_DENY_INTERACTIVE: Permission denied'],
    patch: 'commands',
  },
  onTerminal: { options: ['--norc'], env: { HISTFILE: '/dev/null', INPUTRC: '{folder}/inputrc' } },
};
