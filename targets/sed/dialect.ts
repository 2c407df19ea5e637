import type { Dialect } from '../../src/target/dialect.ts';

/** What sed says where SECBIT_EXEC_DENY_INTERACTIVE denies a script, behind the place in it. */
export const DENIED = 'e/w commands denied by SECBIT_EXEC_DENY_INTERACTIVE';

/** How sed ends then, as for an error in the script. */
export const DENIED_STATUS = 1;

/**
 * How sed speaks. A script runs for each line of its input, so it needs a file that has one. The script that shows that it
 * ran writes to a file as well: text that only edits runs wherever it is from.
 */
export const dialect: Dialect = {
  extension: '.sed',
  option: '-e',
  script: ['-f'],
  input: ['-f', '-'],
  operands: ['/etc/passwd'],
  hello: (name) => `s/.*/${name}/\ns/$/ ran/w /dev/null\np\nQ\n`,
  refused: (name) => ["couldn't open file ", name, ': Permission denied'],
  status: 4,
  denied: { input: [`file - line 3: ${DENIED}`], patch: 'commands', status: DENIED_STATUS },
};
