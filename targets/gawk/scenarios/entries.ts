import { shell } from '../../../src/target/dialect.ts';
import { programText } from '../../../src/target/awk-shapes.ts';
import type { Scenario } from '../../../src/target/scenario.ts';
import { dialect } from '../dialect.ts';
import { GAWK, denied, hello, refused, runs } from './common.ts';

/** A program that is an argument. */
const text = (id: string, what: string, ...options: readonly string[]): Scenario =>
  programText({ dialect, denied }, id, what, ...options);

/** A debugger that is told to have restarted, with a breakpoint at the first line of the program. */
const restarts = (rest: string): Omit<Scenario, 'id' | 'what'> => ({
  files: {
    'script.awk': { text: hello('script'), mode: 0o755 },
    commands: { text: 'run\nquit\n', mode: 0o755 },
  },
  // The commands are the standard input, and may be executed.
  argv: shell('exec "$0" -D -f script.awk <commands'),
  env: {
    DGAWK_RESTART: 'true',
    DGAWK_BREAK: `script.awk\u001f1\u001f1\u001f0\u001f0\u001f1\u001f${rest}\u001e`,
  },
  marked: ['script.awk'],
  plain: ['commands'],
  // What else is read depends on whether it believes that.
  traced: false,
  placements: ['executable', 'plain'],
  says: ['42', 'script ran'],
  denied: {
    says: ['warning: DGAWK_RESTART: SECBIT_EXEC_DENY_INTERACTIVE: Permission denied', 'script ran'],
    never: ['42'],
    status: 0,
  },
  patch: 'environment',
});

/** Programs that come from no file. */
export const entries: readonly Scenario[] = [
  text('program-source', 'program text of -e', '-e'),
  text('program-source-long', 'program text of --source', '--source'),
  text('program-debug', 'program text, with --lint and --sandbox', '--lint', '--sandbox'),
  {
    ...text('program-source-second', 'program text of -e behind a program file'),
    files: { 'script.awk': { text: hello('script'), mode: 0o755 } },
    argv: [GAWK, '-f', 'script.awk', `--source=${hello('program')}`],
    marked: ['script.awk'],
    placements: ['executable', 'plain'],
    says: ['script ran\nprogram ran'],
    denied: { ...denied('program text'), never: ['ran'] },
  },
  {
    ...text('program-included', 'program text behind an included file'),
    files: { 'library.awk': { text: hello('library'), mode: 0o755 } },
    argv: [GAWK, '-i', 'library.awk', hello('program')],
    marked: ['library.awk'],
    placements: ['executable', 'plain'],
    says: ['library ran\nprogram ran'],
    denied: { ...denied('program text'), never: ['ran'] },
  },
  {
    ...text('program-shown', 'a program that is shown and not run: -o', '-o-'),
    says: ['print "program"'],
  },
  {
    id: 'stdin-exec',
    what: 'a program on the standard input, for -E',
    files: { 'script.awk': hello('script') },
    argv: shell('exec "$0" -E - <script.awk'),
    marked: [],
    plain: ['script.awk'],
    says: ['script ran'],
    denied: denied('standard input'),
    passing: ['script.awk'],
    patch: 'commands',
  },
  {
    id: 'stdin-named',
    what: 'a pipe that is the standard input, by its name: it is asked for as such too',
    files: {},
    argv: shell(`echo 'BEGIN { print "pipe", "ran" }' | ${runs('/dev/stdin')}`),
    marked: [],
    plain: [],
    traced: false,
    irregular: true,
    says: ['pipe ran'],
    refused: refused('/dev/stdin'),
  },
  {
    id: 'stdin-include',
    what: '-i -: the standard input, where a file of that name is found',
    files: { 'script.awk': { text: hello('script'), mode: 0o755 }, '-': { text: '', mode: 0o755 } },
    argv: shell(`echo 'BEGIN { print "pipe", "ran" }' | "$0" -i - -f script.awk`),
    marked: [],
    plain: [],
    traced: false,
    irregular: true,
    placements: ['executable', 'plain'],
    says: ['pipe ran\nscript ran'],
    refused: { ...refused('-'), never: ['ran'] },
  },
  {
    id: 'restart',
    what: 'DGAWK_RESTART: commands of a breakpoint, from the environment',
    ...restarts('commands 1\u001deval "print 40 + 2"\u001dcontinue\u001dend\u001f'),
  },
  {
    id: 'restart-condition',
    what: 'DGAWK_RESTART: the condition of a breakpoint, from the environment',
    ...restarts('\u001fsystem("echo $((40 + 2))") == 1\u001f'),
    // gawk cannot read the next command then: 5.1.0 ends with 0, later ones with 2.
    argv: shell('"$0" -D -f script.awk <commands || true'),
  },
  {
    id: 'messages',
    what: "GAWK_LOCALE_DIR: translations of gawk's own messages, which are formats of printf",
    files: {
      'script.awk': { text: 'BEGIN { print log(-1) }\n', mode: 0o755 },
      // What msgfmt makes of one message: the header of a catalogue, the places of both texts, and these.
      'make.sh': {
        mode: 0o755,
        text: [
          'mkdir -p xx/LC_MESSAGES',
          'number() { printf "\\\\$(printf %03o "$1")\\\\000\\\\000\\\\000"; }',
          '{',
          "  printf '\\336\\022\\004\\225'",
          '  for one in 0 2 28 44 0 60 0 60 9 61 25 71 7 97; do number $one; done',
          "  printf '\\0warning: \\0Content-Type: text/plain\\n\\0PWNED: \\0'",
          '} >xx/LC_MESSAGES/gawk.mo',
          'exec "$GAWK" -f script.awk',
          '',
        ].join('\n'),
      },
    },
    argv: ['/bin/sh', 'make.sh'],
    env: { GAWK, GAWK_LOCALE_DIR: '{folder}', LANGUAGE: 'xx', LC_ALL: 'C.UTF-8' },
    marked: ['script.awk'],
    plain: [],
    // The C library looks for several names of a catalogue.
    traced: false,
    placements: ['executable', 'plain'],
    says: ['PWNED: '],
    denied: {
      says: ['warning: GAWK_LOCALE_DIR: SECBIT_EXEC_DENY_INTERACTIVE: Permission denied', 'warning: log'],
      never: ['PWNED'],
      status: 0,
    },
    patch: 'environment',
  },
  {
    id: 'messages-by-path',
    what: 'LANGUAGE with a path: it leads to translations in another folder than that of the locales',
    files: { 'script.awk': { text: 'BEGIN { print "language", ENVIRON["LANGUAGE"] }\n', mode: 0o755 } },
    argv: [GAWK, '-f', 'script.awk'],
    env: { LANGUAGE: '../{folder}' },
    marked: ['script.awk'],
    plain: [],
    // The C library looks for several names of a catalogue.
    traced: false,
    placements: ['executable', 'plain'],
    says: ['language ../'],
    denied: {
      says: ['warning: LANGUAGE: SECBIT_EXEC_DENY_INTERACTIVE: Permission denied', 'language \n'],
      never: ['language ../'],
      status: 0,
    },
    patch: 'environment',
  },
  {
    id: 'locale-folder',
    what: "LOCPATH: a locale of the user's says where a character ends, and so what a string of a program is",
    files: {
      'script.awk': {
        text: 'BEGIN { print "locales", ("LOCPATH" in ENVIRON) ? "taken" : "gone" }\n',
        mode: 0o755,
      },
    },
    argv: [GAWK, '-f', 'script.awk'],
    env: { LOCPATH: '{folder}' },
    marked: ['script.awk'],
    plain: [],
    // The C library looks for a locale there.
    traced: false,
    placements: ['executable', 'plain'],
    says: ['locales taken'],
    denied: {
      says: ['warning: LOCPATH: SECBIT_EXEC_DENY_INTERACTIVE: Permission denied', 'locales gone'],
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
    argv: [GAWK, '-f', 'script.awk'],
    env: {
      AWKPATH: '{folder}',
      AWKLIBPATH: '{folder}',
      CODE: 'BEGIN { print "code ran" }',
      AWKBUFSIZE: 'exact',
      GAWK_READ_TIMEOUT: '1000',
      GAWK_STACKSIZE: '4096',
      AWK_HASH: 'gst',
      TIDYMEM: '1',
    },
    marked: ['script.awk'],
    plain: [],
    placements: ['executable', 'plain'],
    says: ['x BEGIN { print "code ran" }'],
    denied: 'runs',
  },
];
