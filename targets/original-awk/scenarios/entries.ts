import type { Scenario } from '../../../src/target/scenario.ts';
import { AWK, denied, hello } from './common.ts';

/** A program that is an argument. */
const text = (id: string, what: string, ...options: readonly string[]): Scenario => ({
  id,
  what,
  files: {},
  argv: [AWK, ...options, hello('program')],
  marked: [],
  plain: [],
  says: ['program ran'],
  denied: denied('program text'),
  patch: 'commands',
});

/** Programs that come from no file. */
export const entries: readonly Scenario[] = [
  text('program-safe', 'a program that is an argument, where commands and redirections are off', '-safe'),
  {
    ...text('program-debug', 'a program that is an argument, with a trace', '-d'),
    // The trace stands between the words, and has addresses.
    traced: false,
    says: ['programgetsval', 'rangetsval'],
  },
  {
    ...text('program-csv', 'a program that is an argument, for comma-separated values', '--csv'),
    where: 'csv',
  },
  {
    id: 'version',
    what: 'the version: no program runs',
    files: {},
    argv: [AWK, '-version'],
    marked: [],
    plain: [],
    says: ['awk version 20'],
    denied: 'runs',
  },
  {
    id: 'environment',
    what: 'variables of the environment: none is code, and none names a file',
    files: {
      'script.awk': {
        text: 'BEGIN { a["x"]; for (i in a) print i, ENVIRON["CODE"] }\n',
        mode: 0o755,
      },
    },
    argv: [AWK, '-f', 'script.awk'],
    env: {
      AWKPATH: '{folder}',
      CODE: 'BEGIN { print "code ran" }',
      POSIXLY_CORRECT: '{folder}',
      LANGUAGE: '../{folder}',
    },
    marked: ['script.awk'],
    plain: [],
    placements: ['executable', 'plain'],
    says: ['x BEGIN { print "code ran" }'],
    denied: 'runs',
  },
  {
    id: 'locale-folder',
    what: "LOCPATH: a locale of the user's says which bytes are letters, and so how a program is read",
    files: {
      'script.awk': {
        text: 'BEGIN { print "locales", ("LOCPATH" in ENVIRON) ? "taken" : "gone" }\n',
        mode: 0o755,
      },
    },
    argv: [AWK, '-f', 'script.awk'],
    env: { LOCPATH: '{folder}' },
    marked: ['script.awk'],
    plain: [],
    placements: ['executable', 'plain'],
    says: ['locales taken'],
    denied: {
      says: [': LOCPATH ignored: denied by SECBIT_EXEC_DENY_INTERACTIVE\n', 'locales gone'],
      never: ['locales taken'],
      status: 0,
    },
    patch: 'environment',
  },
];
