import { printedNumber, programText } from '../../../src/target/awk-shapes.ts';
import type { Scenario } from '../../../src/target/scenario.ts';
import { dialect } from '../dialect.ts';
import { AWK, denied, hello } from './common.ts';

/** A program that is an argument. */
const text = (id: string, what: string, ...options: readonly string[]): Scenario =>
  programText({ dialect, denied }, id, what, ...options);

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
    id: 'format-conversion',
    what: 'CONVFMT of -v that printf takes arguments for, beside the number',
    ...printedNumber(['-v', 'CONVFMT=%1$.2f']),
    says: ['3.50'],
    denied: denied('format of CONVFMT'),
    patch: 'commands',
  },
  {
    id: 'format-output',
    what: 'OFMT as an operand that printf takes arguments for, beside the number',
    ...printedNumber([], 'OFMT=%1$.2f'),
    says: ['3.50'],
    denied: denied('format of OFMT'),
    patch: 'commands',
  },
  ...['ARGV', 'ENVIRON'].map((name): Scenario => ({
    id: `array-${name.toLowerCase()}`,
    what: `a value for ${name}, an array: what is put into the array later is put into a text`,
    files: { 'script.awk': { text: hello('script'), mode: 0o755 } },
    argv: [AWK, '-v', `${name}=text`, '-f', 'script.awk'],
    marked: ['script.awk'],
    plain: [],
    placements: ['executable', 'plain'],
    says: ['script ran'],
    denied: { says: [`can't assign to ${name}: denied by `], never: ['script ran'], status: dialect.status },
    patch: 'commands',
  })),
  {
    id: 'format-number',
    what: 'formats for numbers that print one and no more: the interactive policy allows them',
    ...printedNumber(['-v', 'CONVFMT=%%%+06.2e'], 'OFMT=%.2f'),
    says: ['%+3.50e+00 3.50'],
    denied: 'runs',
  },
  {
    id: 'format-length',
    what: 'formats for numbers with l, which changes nothing there, and with separators of thousands',
    ...printedNumber(['-v', "CONVFMT=%'.1lf"], 'OFMT=%lg%%'),
    says: ['3.5 3.5%'],
    denied: 'runs',
  },
  {
    id: 'expressions',
    what: 'regular expressions of the command line, with repetitions and classes: they mean what they did',
    files: {
      'script.awk': { text: '{ gsub(expression, "<&>"); print $1, $2, NF }\n', mode: 0o755 },
      records: { text: '1aa2aab3\n', mode: 0o644 },
    },
    argv: [
      AWK,
      '-F',
      'a{2}b{0,1}',
      '-v',
      'expression=^(.{1}|[[:digit:]]{3,})',
      '-f',
      'script.awk',
      'records',
    ],
    marked: ['script.awk'],
    plain: ['records'],
    placements: ['executable', 'plain'],
    says: ['<1> 2 3'],
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
