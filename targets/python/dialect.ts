import type { Dialect } from '../../src/target/dialect.ts';
import type { Refusal } from '../../src/target/scenario.ts';

/** Nothing is written beside the sources. */
export const env = { PYTHONDONTWRITEBYTECODE: '1' };

/** The library of the interpreter: source, bytecode, and the archive that may stand for it. */
export const system = /\/lib\/python3\.\d+\/.*\.pyc?$|\/lib\/python3\d+\.zip$/;

/** What is said of code that no file is named for, where that is denied. */
export const denied = (what: string): Refusal => ({
  says: [`: can't run ${what} (SECBIT_EXEC_DENY_INTERACTIVE): [Errno 13] Permission denied`],
  status: 2,
});

/** How python speaks. */
export const dialect: Dialect = {
  option: '-c',
  extension: '.py',
  hello: (name) => `print("${name}", "ran")\n`,
  refused: (name) => [`can't open file`, `${name}': [Errno 13] Permission denied`],
  status: 2,
  denied: { input: denied('standard input').says, patch: 'commands' },
  env,
  own: system,
};
