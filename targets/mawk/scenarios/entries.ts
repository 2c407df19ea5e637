import { shell } from '../../../src/target/dialect.ts';
import type { Scenario } from '../../../src/target/scenario.ts';
import { MAWK, denied, hello } from './common.ts';

/** A program that is an argument. */
const text = (id: string, what: string, ...options: readonly string[]): Scenario => ({
  id,
  what,
  files: {},
  argv: [MAWK, ...options, hello('program')],
  marked: [],
  plain: [],
  says: ['program ran'],
  denied: denied('program text'),
  patch: 'commands',
});

/** Programs that come from no file. */
export const entries: readonly Scenario[] = [
  text(
    'program-options',
    'a program that is an argument, behind options',
    '-F:',
    '-v',
    'a=1',
    '-W',
    'interactive',
    '--',
  ),
  {
    ...text('program-dump', 'a program that is shown and not run: -W dump', '-W', 'dump'),
    says: ['print', 'exit'],
  },
  {
    id: 'stdin-exec',
    what: 'a program on the standard input, for -W exec',
    files: { 'script.awk': hello('script') },
    argv: shell('exec "$0" -W exec - <script.awk'),
    marked: [],
    plain: ['script.awk'],
    says: ['script ran'],
    denied: denied('standard input'),
    passing: ['script.awk'],
    patch: 'commands',
  },
  {
    id: 'environment',
    what: 'variables of the environment: none is code, and none names a file',
    files: {
      'script.awk': {
        text: 'BEGIN { a["x"]; for (i in a) print i, ENVIRON["CODE"] }\n',
        mode: 0o755,
      },
      'other.awk': hello('other'),
    },
    argv: [MAWK, '-f', 'script.awk'],
    env: {
      AWKPATH: '{folder}',
      AWKLIBPATH: '{folder}',
      CODE: 'BEGIN { print "code ran" }',
      MAWK_LONG_OPTIONS: 'allow',
      MAWKBINMODE: '3',
      WHINY_USERS: '{folder}/other.awk',
      YYDEBUG: '9',
    },
    marked: ['script.awk'],
    plain: [],
    placements: ['executable', 'plain'],
    says: ['x BEGIN { print "code ran" }'],
    denied: 'runs',
  },
];
