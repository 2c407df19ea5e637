import { shell } from '../../../src/target/dialect.ts';
import type { Scenario } from '../../../src/target/scenario.ts';
import { denied, GAWK, hello } from './common.ts';

/** A program that the debugger has. */
const program = { text: hello('script'), mode: 0o755 };

/** Commands of the debugger that show that they ran. */
const EVALUATES = 'eval "print 40 + 2"\nquit\n';

const refusal = (file: string): string => `cannot open source file \`${file}' for reading: Permission denied`;

/** A command by which the program gets the mode of another file, and what else a command of the shell does. */
const changes = (rest = ''): string => `eval "system(\\"chmod --reference=other own${rest}\\")"\n`;

/** A program that the debugger shows when it may no longer be executed. */
const lists = (id: string, what: string, commands: string, never: readonly string[]): Scenario => ({
  id,
  what,
  files: {
    'script.awk': program,
    commands: { text: `${commands}list\nquit\n`, mode: 0o755 },
    other: hello('other'),
  },
  // A copy, which belongs to who runs gawk.
  argv: shell('cp -p script.awk own; exec "$0" -Dcommands -f own'),
  marked: [],
  judged: ['other'],
  plain: [],
  traced: false,
  placements: ['executable', 'plain'],
  says: ['BEGIN { print "script", "ran" }'],
  refused: { says: [refusal('own')], never, status: 0 },
});

/** What the debugger reads commands from. */
export const debuggers: readonly Scenario[] = [
  {
    id: 'debugger-file',
    what: '-D: commands of the debugger from a file; eval runs statements',
    files: { 'script.awk': program, commands: EVALUATES },
    argv: [GAWK, '-Dcommands', '-f', 'script.awk'],
    marked: ['script.awk', 'commands'],
    plain: [],
    placements: ['executable', 'plain'],
    says: ['42'],
    refused: { says: [refusal('commands')], status: 1 },
    // Commands from a file that may be executed, which end before the standard input is read.
    denied: 'runs',
  },
  {
    id: 'debugger-source',
    what: 'source: a command that has commands read from another file',
    files: {
      'script.awk': program,
      commands: { text: 'source other\nquit\n', mode: 0o755 },
      other: 'eval "print 40 + 2"\n',
    },
    argv: [GAWK, '--debug=commands', '-f', 'script.awk'],
    marked: ['script.awk', 'commands', 'other'],
    plain: [],
    placements: ['executable', 'plain'],
    says: ['42'],
    refused: { says: [refusal('other')], never: ['42'], status: 0 },
  },
  {
    id: 'debugger-settings',
    what: 'the .gawkrc of the working folder: options, and any other command',
    files: { 'script.awk': program, '.gawkrc': EVALUATES },
    argv: [GAWK, '-D', '-f', 'script.awk'],
    marked: ['script.awk', '.gawkrc'],
    plain: ['.gawk_history'],
    placements: ['executable', 'plain'],
    says: ['42'],
    // It goes on with the standard input, which is at its end.
    refused: { says: [refusal('./.gawkrc')], status: 2 },
  },
  {
    id: 'debugger-list',
    what: 'list: the debugger opens the program again, to show its lines',
    files: { 'script.awk': program, commands: { text: 'list\nquit\n', mode: 0o755 } },
    argv: [GAWK, '-Dcommands', '-f', 'script.awk'],
    marked: ['script.awk', 'commands'],
    plain: [],
    placements: ['executable'],
    says: ['BEGIN { print "script", "ran" }'],
  },
  {
    id: 'debugger-list-changed',
    what: 'list: a program that has changed since is opened once more',
    files: {
      'script.awk': { text: `BEGIN { system("touch -d '+1 hour' script.awk") }\n`, mode: 0o755 },
      commands: { text: 'list\nrun\nlist\nquit\n', mode: 0o755 },
    },
    argv: [GAWK, '-Dcommands', '-f', 'script.awk'],
    marked: ['script.awk', 'commands'],
    plain: ['script.awk'],
    placements: ['executable'],
    says: ['modified since program compilation'],
  },
  lists('debugger-list-refused', 'list: a program that may no longer be executed is not shown', changes(), [
    '"script"',
  ]),
  lists(
    'debugger-list-again',
    'list: a program that has changed, and may no longer be executed, is not shown once more',
    `list\n${changes("; touch -d '+1 hour' own")}`,
    // It is at the end of the program then, which it sees when it has opened that.
    ['out of range'],
  ),
  {
    id: 'debugger-stdin',
    what: 'commands of the debugger from a pipe',
    files: { 'script.awk': program },
    argv: shell(`printf 'eval "print 40 + 2"\\nquit\\n' | "$0" -D -f script.awk`),
    marked: ['script.awk', '.gawkrc'],
    plain: ['.gawk_history'],
    placements: ['executable', 'plain'],
    says: ['42'],
    denied: denied('standard input'),
    patch: 'commands',
  },
  {
    id: 'debugger-stdin-file',
    what: 'commands of the debugger from a file that is the standard input',
    files: { 'script.awk': program, commands: EVALUATES },
    argv: shell('exec "$0" -D -f script.awk <commands'),
    marked: ['script.awk', '.gawkrc'],
    plain: ['.gawk_history', 'commands'],
    placements: ['executable', 'plain'],
    says: ['42'],
    denied: denied('standard input'),
    passing: ['commands'],
    patch: 'commands',
  },
  {
    id: 'debugger-stdin-rest',
    what: 'commands of the debugger from the rest of an executable file: nobody vouches for a part',
    files: { 'script.awk': program, commands: { text: `read by the shell\n${EVALUATES}`, mode: 0o755 } },
    argv: shell('{ read line; exec "$0" -D -f script.awk; } <commands'),
    marked: ['script.awk', '.gawkrc'],
    plain: ['.gawk_history', 'commands'],
    placements: ['executable', 'plain'],
    says: ['42'],
    denied: denied('standard input'),
    patch: 'commands',
  },
  {
    id: 'debugger-stdin-next',
    what: 'commands of the debugger from a pipe, when those of .gawkrc are read',
    files: { 'script.awk': program, '.gawkrc': { text: 'eval "print 1 + 2"\n', mode: 0o755 } },
    argv: shell(`printf 'eval "print 40 + 2"\\nquit\\n' | "$0" -D -f script.awk`),
    marked: ['script.awk', '.gawkrc'],
    plain: ['.gawk_history'],
    placements: ['executable', 'plain'],
    says: ['3\n42'],
    denied: { ...denied('standard input'), never: ['42'] },
    patch: 'commands',
  },
  {
    id: 'debugger-stopped',
    what: 'commands from a pipe while the program stands at a breakpoint: the debugger ends, and the program with it',
    files: {
      'script.awk': program,
      '.gawkrc': { text: 'break 1\nrun\n', mode: 0o755 },
    },
    argv: shell(`printf 'eval "print 40 + 2"\\ncontinue\\nquit\\n' | "$0" -D -f script.awk`),
    marked: ['script.awk', '.gawkrc'],
    plain: ['.gawk_history'],
    placements: ['executable', 'plain'],
    says: ['42\nscript ran'],
    // The message begins with the line that the program stands at.
    denied: {
      says: [
        'gawk: script.awk:1: error: cannot execute standard input: SECBIT_EXEC_DENY_INTERACTIVE: Permission denied',
      ],
      never: ['42', 'script ran'],
      status: 1,
    },
    patch: 'commands',
  },
  {
    id: 'debugger-prompt',
    what: 'commands that are typed to the debugger',
    files: { 'script.awk': program },
    argv: [GAWK, '-D', '-f', 'script.awk'],
    typed: EVALUATES,
    marked: ['script.awk', '.gawkrc'],
    plain: ['.gawk_history'],
    // Readline looks at its own files, and the debugger writes its options.
    traced: false,
    placements: ['executable', 'plain'],
    says: ['42'],
    denied: { ...denied('standard input'), never: ['42'] },
    patch: 'commands',
  },
];
