import type { Dialect } from '../../src/target/dialect.ts';

/** How dash speaks. */
export const dialect: Dialect = {
  option: '-c',
  extension: '.sh',
  hello: (name) => `echo "${name}" "ran"\n`,
  refused: (name) => [`cannot open ${name}: Permission denied`],
  status: 2,
  denied: {
    input: ['standard input: SECBIT_EXEC_DENY_INTERACTIVE: Permission denied'],
    patch: 'commands',
  },
};
