import type { Dialect } from '../../src/target/dialect.js';

/** How perl speaks. */
export const dialect: Dialect = {
  option: '-e',
  extension: '.pl',
  hello: (name) => `print "${name}", " ran\\n";\n`,
  refused: (name) => [`Can't open perl script "${name}": Permission denied`],
  // EACCES (errno.h).
  status: 13,
};
