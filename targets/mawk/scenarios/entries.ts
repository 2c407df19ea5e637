import { shell } from '../../../src/target/dialect.ts';
import { printedNumber, programText } from '../../../src/target/awk-shapes.ts';
import type { Scenario } from '../../../src/target/scenario.ts';
import { dialect } from '../dialect.ts';
import { MAWK, denied, hello } from './common.ts';

/** A program that is an argument. */
const text = (id: string, what: string, ...options: readonly string[]): Scenario =>
  programText({ dialect, denied }, id, what, ...options);

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
    id: 'format-conversion',
    what: 'CONVFMT of -v that can print more than there is room for',
    ...printedNumber(['-v', 'CONVFMT=%.100f']),
    says: ['3.5000000000'],
    denied: denied('format of CONVFMT'),
    patch: 'commands',
  },
  {
    id: 'format-output',
    what: 'OFMT as an operand with a precision of three digits',
    ...printedNumber([], 'OFMT=%.200f'),
    says: ['3.5000000000'],
    denied: denied('format of OFMT'),
    patch: 'commands',
  },
  {
    id: 'format-number',
    what: 'formats for numbers that print one and no more: the interactive policy allows them',
    ...printedNumber(['-v', 'CONVFMT=%.2f'], 'OFMT=%06.3g'),
    says: ['3.50 0003.5'],
    denied: 'runs',
  },
  {
    id: 'format-length',
    what: 'formats for numbers with l, which changes nothing there, and with separators of thousands',
    ...printedNumber(['-v', "CONVFMT=%'.1lf"], 'OFMT=about %lg'),
    says: ['3.5 about 3.5'],
    denied: 'runs',
  },
  {
    id: 'format-percent',
    what: 'formats for numbers behind a percent sign',
    ...printedNumber(['-v', 'CONVFMT=%%%.2f'], 'OFMT=%%%.1f'),
    where: 'escaped-percent',
    says: ['%3.50 %3.5'],
    denied: 'runs',
  },
  {
    id: 'locale-folder',
    what: "LOCPATH: a locale of the user's says what the classes of regular expressions are",
    files: {
      'script.awk': {
        text: 'BEGIN { print "locales", ("LOCPATH" in ENVIRON) ? "taken" : "gone" }\n',
        mode: 0o755,
      },
    },
    argv: [MAWK, '-f', 'script.awk'],
    env: { LOCPATH: '{folder}' },
    marked: ['script.awk'],
    plain: [],
    placements: ['executable', 'plain'],
    says: ['locales taken'],
    denied: {
      says: [': LOCPATH ignored: SECBIT_EXEC_DENY_INTERACTIVE\n', 'locales gone'],
      never: ['locales taken'],
      status: 0,
    },
    patch: 'environment',
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
