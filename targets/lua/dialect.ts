import type { Dialect } from '../../src/target/dialect.ts';

/** What Lua says where SECBIT_EXEC_DENY_INTERACTIVE denies code that comes from no file. */
export const denied = (what: string): string =>
  `cannot execute ${what}: SECBIT_EXEC_DENY_INTERACTIVE: Permission denied`;

/** How Lua speaks. Its messages begin with the name by which it was called. */
export const dialect: Dialect = {
  extension: '.lua',
  option: '-e',
  input: ['-'],
  hello: (name) => `print("${name}" .. " ran")\n`,
  refused: (name) => [`cannot open ${name}: Permission denied`],
  status: 1,
  denied: { input: [denied('stdin')], patch: 'commands' },
};
