import type { Dialect } from '../../src/target/dialect.ts';

/** What original-awk says where SECBIT_EXEC_DENY_INTERACTIVE denies a program. */
export const denied = (what: string): string =>
  `: can't execute ${what}: denied by SECBIT_EXEC_DENY_INTERACTIVE`;

/** How original-awk speaks. Its program is a text, unless -f stands before it. */
export const dialect: Dialect = {
  extension: '.awk',
  option: '--',
  script: ['-f'],
  input: ['-f', '-'],
  hello: (name) => `BEGIN { print "${name}", "ran" }\n`,
  // It gives no reason, and the name of the file once more.
  refused: (name) => [`: can't open file ${name}`, ` source file ${name}`],
  status: 2,
  denied: { input: [denied('standard input')], patch: 'commands' },
};
