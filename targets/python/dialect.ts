import type { Dialect } from '../../src/target/dialect.js';

/** Nothing is written beside the sources. */
export const env = { PYTHONDONTWRITEBYTECODE: '1' };

/** The library of the interpreter: source, bytecode, and the archive that may stand for it. */
export const system = /\/lib\/python3\.\d+\/.*\.pyc?$|\/lib\/python3\d+\.zip$/;

/** How python speaks. */
export const dialect: Dialect = {
  option: '-c',
  extension: '.py',
  hello: (name) => `print("${name}", "ran")\n`,
  refused: (name) => [`can't open file`, `${name}': [Errno 13] Permission denied`],
  status: 2,
  env,
  own: system,
};
