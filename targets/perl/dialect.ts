import type { Dialect } from '../../src/target/dialect.ts';

/** What is said of code that comes from no file where the interactive policy denies it. */
export function denied(what: string): string {
  return `Can't execute ${what} (SECBIT_EXEC_DENY_INTERACTIVE): Permission denied`;
}

/** How perl speaks. */
export const dialect: Dialect = {
  option: '-e',
  extension: '.pl',
  hello: (name) => `print "${name}", " ran\\n";\n`,
  refused: (name) => [`Can't open perl script "${name}": Permission denied`],
  // EACCES (errno.h).
  status: 13,
  denied: { input: [denied('the standard input')], patch: 'commands' },
};
