import type { Dialect } from '../../src/target/dialect.ts';

/** What mawk says where SECBIT_EXEC_DENY_INTERACTIVE denies a program. */
export const denied = (what: string): string =>
  `mawk: cannot execute ${what}: SECBIT_EXEC_DENY_INTERACTIVE (Permission denied)`;

/** How mawk speaks. Its program is a text, unless -f stands before it. */
export const dialect: Dialect = {
  extension: '.awk',
  option: '--',
  script: ['-f'],
  input: ['-f', '-'],
  hello: (name) => `BEGIN { print "${name}", "ran" }\n`,
  // Releases from 2023 on have quotes around the name.
  refused: (name) => ['mawk: cannot open ', name, ' (Permission denied)'],
  status: 2,
  denied: { input: [denied('standard input')], patch: 'commands' },
};
