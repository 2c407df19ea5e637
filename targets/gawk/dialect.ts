import type { Dialect } from '../../src/target/dialect.ts';

/** What gawk says where SECBIT_EXEC_DENY_INTERACTIVE denies a program. */
export const denied = (what: string): string =>
  `gawk: error: cannot execute ${what}: SECBIT_EXEC_DENY_INTERACTIVE: Permission denied`;

/** How gawk speaks. Its program is a text, unless -f stands before it. */
export const dialect: Dialect = {
  extension: '.awk',
  option: '-e',
  script: ['-f'],
  input: ['-f', '-'],
  hello: (name) => `BEGIN { print "${name}", "ran" }\n`,
  refused: (name) => ['gawk: error: cannot open source file ', name, "' for reading: Permission denied"],
  status: 1,
  denied: { input: [denied('standard input')], patch: 'commands' },
};
