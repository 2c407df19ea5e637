import type { Dialect } from '../../src/target/dialect.ts';

/** How busybox speaks where it is a shell: `busybox ash`. The other applets have scenarios of their own. */
export const dialect: Dialect = {
  option: '-c',
  applet: 'ash',
  extension: '.sh',
  hello: (name) => `echo "${name}" "ran"\n`,
  // The name is in quotes up to 1.37.
  refused: (name) => ["can't open ", name, ': Permission denied'],
  status: 2,
  denied: {
    input: ['standard input: SECBIT_EXEC_DENY_INTERACTIVE: Permission denied'],
    patch: 'commands',
  },
};
