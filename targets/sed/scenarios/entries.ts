import { shell } from '../../../src/target/dialect.ts';
import type { Scenario } from '../../../src/target/scenario.ts';
import { DENIED } from '../dialect.ts';
import { denied, hello, LINES, records, SED, trusted } from './common.ts';

const EXPRESSION = '-e expression #1, char ';

/** A script that is text on the command line and does more than edit. */
const text = (
  id: string,
  what: string,
  script: string,
  {
    options = [],
    opens = [],
    says = ['text ran'],
  }: Partial<Record<'options' | 'opens' | 'says', readonly string[]>> = {},
): Scenario => ({
  id,
  what,
  files: { records, other: { text: 'text ran\n', mode: 0o644 } },
  argv: [SED, ...options, script, 'records'],
  marked: [],
  plain: ['records', ...opens],
  says,
  denied: { ...denied(EXPRESSION), never: ['ran'] },
  patch: 'commands',
});

/** A script from no file that edits and does nothing else. */
const edits = (id: string, what: string, argv: readonly string[]): Scenario => ({
  id,
  what,
  files: { records },
  argv,
  marked: [],
  plain: ['records'],
  says: ['text edits record'],
  denied: 'runs',
});

const EDITS = 's/^/text /w /dev/stdout\nh;x;s/ / edits /;/nowhere/!{l;y/abc/abc/};$=';

/** What sed reads and prints without doing more: lines, and files by the commands r and R. */
const READS = 's/.*/text edits record/;r other\nR other';

/** Text and a script file in one program, where the commands of the file reach more than the text could alone. */
const mixed = (id: string, what: string, argv: readonly string[]): Scenario => ({
  id,
  what,
  files: {
    // It runs no command that a line of its input names.
    'script.sed': trusted('/^safe$/!d\n:run\ns/.*/echo "& ran"/e\n'),
    records: { text: 'safe\n', mode: 0o644 },
  },
  argv: [SED, ...argv, 'records'],
  marked: ['script.sed'],
  plain: ['records'],
  says: ['ran'],
  // A refused file is another error, and comes first.
  placements: ['executable'],
  denied: { says: [DENIED], never: ['ran'], status: 1 },
  patch: 'commands',
});

/** A path from a folder of locales to that of the scenario. */
const LANGUAGE = '../../../../../../..{folder}/xx';

/** Scripts that come from no file, and what the environment brings. */
export const entries: readonly Scenario[] = [
  text('text', 'a script that is an argument, with a command e', '1e echo text ran'),
  text('text-option', 'a script that is the argument of -e', 'e echo text ran', { options: ['-e'] }),
  text('text-long', 'a script that --expression names', 'e echo text ran', {
    options: ['-n', '-E', '--expression'],
  }),
  text('text-pattern', 'e without an argument, which runs what is read', 's/.*/echo text ran/\ne'),
  text('text-flag', 'the flag e of s', 's/.*/echo text ran/e'),
  text('text-flags', 'the flag e of s behind others', 's/.*/echo text ran/MI1gpe'),
  text('text-block', 'a command e in a block, behind a label', ':a\n1{\nx\nx\ne echo text ran\n}'),
  text('text-write', 'the flag w of s', 's/.*/text ran/w written', { opens: ['written'] }),
  text('text-write-file', 'a command w that names a file', 's/.*/text ran/;w written', {
    opens: ['written'],
  }),
  text('text-write-line', 'a command W', 's/.*/text ran/;W written', { opens: ['written'] }),
  {
    ...text(
      'text-never',
      'a command w at an address that no line has: the file is made all the same',
      '7w written',
      {
        opens: ['written'],
        says: ['record'],
      },
    ),
    denied: { ...denied(EXPRESSION), never: ['record'] },
  },
  {
    ...text('text-second', 'the second of two texts', 's/.*/echo text ran/e', {
      options: ['-e', 's/^/ /', '-e'],
    }),
    denied: { ...denied('-e expression #2, char '), never: ['ran'] },
  },
  text('text-joined', 'a command e whose text is the next argument', 'echo text ran', {
    options: ['-e', 'e\\', '-e'],
  }),
  edits('text-edits', 'a script that is an argument and only edits', [SED, EDITS, 'records']),
  edits('text-edits-options', 'scripts of -e that only edit, and end with q', [
    SED,
    '-n',
    '-e',
    EDITS,
    '--expression=p;q',
    '-e',
    'z;F',
    'records',
  ]),
  {
    ...edits(
      'text-edits-file',
      'a script that is an argument, and edits a file in its place',
      shell(`cp records own; "$0" -i '${EDITS}' own; cat own`),
    ),
    plain: ['records', 'own', 'sed*'],
  },
  {
    ...edits('text-reads', 'a script that is an argument, and reads files by the commands r and R', [
      SED,
      READS,
      'records',
    ]),
    files: { records, other: { text: 'other\n', mode: 0o644 } },
    plain: ['records', 'other'],
    says: ['text edits record\nother\nother\n'],
  },
  edits('stdin-edits', 'a script from a pipe that only edits', shell(`echo '${EDITS}' | "$0" -f - records`)),
  mixed('mixed-before', 'text before a script file jumps past its check', [
    '-e',
    's/$/ and text/;b run',
    '-f',
    'script.sed',
  ]),
  mixed('mixed-after', 'text behind a script file jumps into it', ['-f', 'script.sed', '-e', '$!b run']),
  {
    ...mixed('mixed-stdin', 'a script from a pipe before a script file jumps past its check', []),
    argv: shell(`echo 's/$/ and text/;b run' | "$0" -f - -f script.sed records`),
  },
  {
    ...mixed('mixed-edits', 'text before a script file that only edits', [
      '-e',
      's/^/un/',
      '-f',
      'script.sed',
    ]),
    files: { 'script.sed': trusted('s/$/ was edited/\n'), records },
    says: ['unrecord was edited'],
    denied: 'runs',
  },
  {
    id: 'stdin-second',
    what: 'a script on the standard input behind a script file: nothing of the file has run when it is denied',
    files: { 'one.sed': trusted('s/^/one /\n'), records },
    argv: shell(`echo 's/.*/echo "& ran"/e' | "$0" -f one.sed -f - records`),
    marked: ['one.sed'],
    plain: ['records'],
    placements: ['executable', 'plain'],
    says: ['one record ran'],
    denied: { ...denied('file - line 2'), never: ['ran', 'one'] },
    patch: 'commands',
  },
  {
    id: 'stdin-tail',
    what: 'the end of an executable on the standard input: sed reads from where the descriptor is',
    files: { tool: trusted('s/^/the whole: /\ne echo tail ran\n'), records },
    argv: shell('(read -r line; exec "$0" -f - records) <tool'),
    marked: [],
    plain: ['records', 'tool'],
    says: ['tail ran'],
    denied: { ...denied('file - line '), never: ['tail ran'] },
    patch: 'commands',
  },
  {
    id: 'records-from-stdin',
    what: 'lines from a pipe that is the standard input: data, which the interactive policy allows',
    files: { 'script.sed': trusted('s/.*/echo & was read/e\n') },
    argv: shell(`echo record | "$0" -f script.sed`),
    marked: ['script.sed'],
    plain: [],
    placements: ['executable', 'plain'],
    says: ['record was read'],
    denied: 'runs',
  },
  {
    id: 'messages',
    what: 'LANGUAGE with a path: it leads to translations in any folder; those of sed are formats of printf',
    files: {
      'script.sed': trusted('$!d\n'),
      // What msgfmt makes of one message: the header of a catalogue, the places of both texts, and these.
      'make.sh': trusted(
        [
          'mkdir -p xx/LC_MESSAGES',
          'number() { printf "\\\\$(printf %03o "$1")\\\\000\\\\000\\\\000"; }',
          '{',
          "  printf '\\336\\022\\004\\225'",
          '  for one in 0 2 28 44 0 60 0 60 25 61 25 87 5 113; do number $one; done',
          "  printf '\\0No such file or directory\\0Content-Type: text/plain\\n\\0PWNED\\0'",
          '} >xx/LC_MESSAGES/libc.mo',
          'exec "$SED" -f script.sed nowhere',
          '',
        ].join('\n'),
      ),
    },
    argv: ['/bin/sh', 'make.sh'],
    env: { SED, LANGUAGE, LC_ALL: 'C.UTF-8' },
    marked: ['script.sed'],
    plain: [],
    // The C library looks for several names of a catalogue.
    traced: false,
    placements: ['executable', 'plain'],
    says: ["can't read nowhere: PWNED"],
    status: 2,
    denied: {
      says: [
        'warning: LANGUAGE: SECBIT_EXEC_DENY_INTERACTIVE: Permission denied',
        "can't read nowhere: No such file or directory",
      ],
      never: ['PWNED'],
      status: 2,
    },
    patch: 'environment',
  },
  {
    id: 'messages-handed',
    what: 'LANGUAGE with a path, which a program that sed runs is not given',
    files: { 'script.sed': trusted('s/.*/echo "language $LANGUAGE"/e\nq\n') },
    argv: [SED, '-f', 'script.sed', ...LINES],
    env: { LANGUAGE },
    marked: ['script.sed'],
    plain: [],
    traced: false,
    placements: ['executable', 'plain'],
    says: ['language ../'],
    denied: { says: ['warning: LANGUAGE: ', 'language \n'], never: ['language ../'], status: 0 },
    patch: 'environment',
  },
  {
    id: 'locale-folder',
    what: "LOCPATH: a locale of the user's says which bytes are blanks, and so how a script is read",
    files: { 'script.sed': trusted('s/.*/echo "locales ${LOCPATH:+taken}."/e\nq\n') },
    argv: [SED, '-f', 'script.sed', ...LINES],
    env: { LOCPATH: '{folder}' },
    marked: ['script.sed'],
    plain: [],
    // The C library looks for a locale there.
    traced: false,
    placements: ['executable', 'plain'],
    says: ['locales taken'],
    denied: { says: ['warning: LOCPATH: ', 'locales .\n'], never: ['locales taken'], status: 0 },
    patch: 'environment',
  },
  {
    id: 'environment',
    what: 'variables of the environment: none is code, and none names a file',
    files: { 'script.sed': trusted(hello('script')), 'other.sed': hello('other') },
    argv: [SED, '-f', 'script.sed', ...LINES],
    env: {
      COLS: '20',
      LANGUAGE: 'de:fr',
      SED_OPTIONS: '-e "e echo option ran"',
      SED: '{folder}/other.sed',
      SEDPATH: '{folder}',
      TEXTDOMAINDIR: '{folder}',
    },
    marked: ['script.sed'],
    plain: [],
    placements: ['executable', 'plain'],
    says: ['script ran\n'],
    denied: 'runs',
  },
];
