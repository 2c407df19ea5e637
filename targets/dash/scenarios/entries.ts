import { deniedInput, shell } from '../../../src/target/dialect.ts';
import type { Refusal, Scenario } from '../../../src/target/scenario.ts';
import { dialect } from '../dialect.ts';
import { DASH, hello, LONG, PROFILES } from './common.ts';

/** What is said of commands that come from no file. */
export const denied = (what: string, rest: Partial<Refusal> = {}): Refusal => ({
  says: [`${what}: SECBIT_EXEC_DENY_INTERACTIVE: Permission denied`],
  status: 2,
  ...rest,
});

/** An interactive shell that reads a file that may be executed, and runs what a variable names by fc. */
const editor = (id: string, variable: string): Scenario => ({
  id,
  what: `fc, of libedit: ${variable} from the environment is a command, and what it leaves is run`,
  files: { 'script.sh': { text: ': old\nfc 1\nexit\n', mode: 0o755 }, new: 'echo edited $((40 + 2))\n' },
  argv: shell('exec "$0" -i <script.sh'),
  env: { [variable]: 'cp -v {folder}/new' },
  marked: [],
  plain: ['script.sh', 'new'],
  // It names its file, which has another name each time.
  traced: false,
  placements: ['executable', 'plain'],
  says: ["new' -> ", 'edited 42'],
  denied: denied('fc', { never: ['edited 42'] }),
});

/**
 * Lines on a pipe. `input` of a scenario is a socket, of which dash 0.5.13 takes a byte at a time, and keeps only the last
 * one of a line.
 */
const piped = (lines: string, words: string): Scenario['argv'] =>
  shell(`printf '${lines}\\n' | exec "$0" ${words}`);

/** The -c option, the standard input and a prompt. */
const commands: readonly Scenario[] = [
  {
    id: 'stdin',
    what: 'commands from standard input',
    files: {},
    argv: piped('echo "$1 read"', '-s argument'),
    marked: [],
    plain: [],
    says: ['argument read'],
    ...deniedInput(dialect),
  },
  {
    id: 'command-options',
    what: '-c with other options and a name',
    files: {},
    argv: [DASH, '-ec', 'echo "command ran"', 'name'],
    marked: [],
    plain: [],
    says: ['command ran'],
    denied: denied('-c'),
  },
  {
    id: 'command-login',
    what: '-l -c: it is refused before a profile is read',
    files: { 'home/.profile': { text: hello('profile'), mode: 0o755 } },
    argv: [DASH, '-l', '-c', 'echo "command ran"'],
    marked: ['home/.profile'],
    plain: [],
    system: PROFILES,
    placements: ['executable', 'plain'],
    says: ['profile ran\ncommand ran'],
    denied: denied('-c', { never: ['profile ran', 'command ran'] }),
  },
  {
    id: 'command-interactive',
    what: '-i -c: an interactive shell ends too',
    files: {},
    argv: [DASH, '-i', '-c', 'echo "command ran"'],
    marked: [],
    plain: [],
    traced: false,
    says: ['command ran'],
    denied: denied('-c'),
  },
  {
    id: 'command-stdin',
    what: '-s with -c: commands from both',
    files: {},
    argv: piped('echo "input" "ran"', '-s -c \'echo "command ran"\''),
    marked: [],
    plain: [],
    says: ['command ran\ninput ran'],
    denied: denied('-c', { never: ['ran'] }),
  },
  {
    id: 'stdin-login',
    what: 'a login shell that reads its standard input: it is refused before a profile is read',
    files: { 'home/.profile': { text: hello('profile'), mode: 0o755 } },
    argv: piped('echo "input" "ran"', '-l'),
    marked: ['home/.profile'],
    plain: [],
    system: PROFILES,
    placements: ['executable', 'plain'],
    says: ['profile ran\ninput ran'],
    ...deniedInput(dialect),
    denied: denied('standard input', { never: ['profile ran', 'input ran'] }),
  },
  {
    id: 'stdin-offset',
    what: 'a file that is the standard input is read from where it is',
    files: { 'script.sh': `read line\n${hello('script')}` },
    argv: shell('{ read line; exec "$0" -s; } <script.sh'),
    marked: [],
    plain: ['script.sh'],
    says: ['script ran'],
    ...deniedInput(dialect),
    passing: ['script.sh'],
  },
  {
    id: 'stdin-interactive',
    what: '`exec <file` in an interactive shell whose standard input is a file that may be executed: it ends, and does not ask again',
    files: { 'first.sh': { text: 'exec <second.sh\n', mode: 0o755 }, 'second.sh': hello('second') },
    argv: shell('exec "$0" -i <first.sh'),
    marked: [],
    plain: ['first.sh', 'second.sh'],
    // The shell names its process where it has no terminal.
    traced: false,
    says: ['second ran'],
    ...deniedInput(dialect),
    passing: ['second.sh'],
  },
  {
    id: 'stdin-left',
    what: '`read` in a program on the standard input leaves lines of another file, which are commands then',
    files: {
      'first.sh': { text: 'exec <second.sh; read line\n', mode: 0o755 },
      'second.sh': `line\n${hello('second')}`,
    },
    argv: shell('exec "$0" <first.sh'),
    marked: [],
    plain: ['first.sh', 'second.sh'],
    says: ['second ran'],
    ...deniedInput(dialect),
    passing: ['second.sh'],
  },
  {
    id: 'stdin-here-document-long',
    what: '`exec <<END` with a text that is a file in memory, which the kernel would execute',
    where: 'memory-here-documents',
    files: { 'first.sh': { text: `exec ${LONG}`, mode: 0o755 } },
    argv: shell('exec "$0" <first.sh'),
    marked: [],
    plain: ['first.sh'],
    says: ['text ran'],
    denied: 'runs',
  },
  {
    id: 'stdin-long',
    what: 'a program on the standard input that goes on behind more than is read at a time',
    files: { 'script.sh': `${': a line that does nothing\n'.repeat(1000)}${hello('script')}` },
    argv: shell('exec "$0" <script.sh'),
    marked: [],
    plain: ['script.sh'],
    says: ['script ran'],
    ...deniedInput(dialect),
    passing: ['script.sh'],
  },
  {
    id: 'stdin-data',
    what: 'a program on the standard input redirects it for commands that read data',
    files: {
      'first.sh': {
        text: 'exec 4<&0; read one <data; { read two; } <data\nf() { exec <data; read three; echo "$one $two $three"; exit; }\nf\n',
        mode: 0o755,
      },
      data: 'text\n',
    },
    argv: shell('exec "$0" <first.sh'),
    marked: [],
    plain: ['first.sh', 'data'],
    says: ['text text text'],
    denied: 'runs',
  },
  {
    id: 'stdin-of-a-script',
    what: 'a script reads data from a standard input that is a pipe',
    files: {
      'script.sh': { text: 'read line; echo "got $line"; (read line; echo "and $line")\n', mode: 0o755 },
    },
    argv: piped('one\\ntwo', 'script.sh'),
    marked: ['script.sh'],
    plain: [],
    placements: ['executable', 'plain'],
    says: ['got one\nand two'],
    denied: 'runs',
  },
  {
    id: 'prompt',
    what: 'commands that are typed at a prompt: the shell ends, and does not ask again',
    files: {},
    argv: [DASH, '-i'],
    typed: 'echo "$((40 + 2)) typed"\nexit\n',
    marked: [],
    plain: [],
    says: ['42 typed'],
    ...deniedInput(dialect),
  },
  {
    id: 'prompt-after-error',
    what: 'a script of an interactive shell whose error brings the shell back: it reads on in the script',
    files: {
      // What was read ahead is lost.
      'script.sh': { text: `. ./nowhere.sh\n${'\n'.repeat(20_000)}echo "went" "on"\n`, mode: 0o755 },
    },
    argv: [DASH, '-i', 'script.sh'],
    marked: ['script.sh', 'nowhere.sh'],
    plain: [],
    traced: false,
    placements: ['executable', 'plain'],
    says: ['cannot open ./nowhere.sh: No such file', 'went on'],
    denied: 'runs',
  },
  editor('editor', 'FCEDIT'),
  editor('editor-default', 'EDITOR'),
];

/** What is said of a variable that is not taken from the environment. */
const ignored = (names: readonly string[], rest: Partial<Refusal>): Refusal => ({
  status: 0,
  ...rest,
  says: [
    ...names.map((name) => `warning: ${name}: SECBIT_EXEC_DENY_INTERACTIVE: Permission denied`),
    ...(rest.says ?? []),
  ],
});

type Begun = Pick<Scenario, 'files' | 'argv' | 'marked' | 'plain' | 'placements'>;

/** An interactive shell that may go on where the interactive policy denies: its input is a file that may be executed. */
const fromFile = (text: string): Begun & Pick<Scenario, 'traced'> => ({
  files: { 'script.sh': { text, mode: 0o755 } },
  argv: shell('exec "$0" -i <script.sh'),
  marked: [],
  plain: ['script.sh'],
  placements: ['executable', 'plain'],
  // The shell names its process where it has no terminal.
  traced: false,
});

/** A script that may be executed. */
const script = (text: string): Begun => ({
  files: { 'script.sh': { text, mode: 0o755 } },
  argv: [DASH, 'script.sh'],
  marked: ['script.sh'],
  plain: [],
  placements: ['executable', 'plain'],
});

/** A trace of `:` by PS4 from the environment, with a script that switches tracing on. */
const trace = (id: string, what: string, PS4: string): Scenario => ({
  ...script('set -x\n:\n'),
  id,
  what,
  env: { PS4 },
  says: ['PS4 42'],
  denied: ignored(['PS4'], { says: ['+ :'], never: ['PS4 42'] }),
});

/** Variables that are expanded. */
const environment: readonly Scenario[] = [
  trace('trace-prompt', 'PS4 from the environment: a command substitution', '$(echo PS4 $((40 + 2)))'),
  trace('trace-prompt-backquote', 'the same with backquotes', '`echo PS4 $((40 + 2))`'),
  trace(
    'trace-prompt-default',
    'the same as what stands for a variable that is not set',
    '${NOTHING:-$(echo PS4 $((40 + 2)))}',
  ),
  trace(
    'trace-prompt-arithmetic',
    'the same in what is calculated',
    '$(( $(echo PS4 $((40 + 2)) >&2; echo 0) ))',
  ),
  trace(
    'trace-prompt-joined',
    'the same behind a newline that a backslash takes away',
    '$\\\n(echo PS4 $((40 + 2)))',
  ),
  {
    ...script('set -x\n:\n'),
    id: 'trace-prompt-plain',
    what: 'PS4 from the environment, with nothing in it that runs',
    env: { PS4: 'of $0, $# $? \\`id\\` \\$(id) $ ' },
    says: ['of script.sh, 0 0 `id` $(id) $ :'],
    denied: 'runs',
  },
  {
    ...script('set -x\n:\n'),
    id: 'trace-prompt-named',
    what: 'PS4 from the environment names a variable, whose text is not expanded again',
    env: { PS4: '${HIDDEN} $HIDDEN ', HIDDEN: '$(echo PS4 $((40 + 2)))' },
    says: ['$(echo PS4 $((40 + 2))) $(echo PS4 $((40 + 2))) :'],
    denied: 'runs',
  },
  {
    ...script(':\n'),
    id: 'trace-option',
    what: '-x: a trace that a script has not asked for',
    argv: [DASH, '-x', 'script.sh'],
    says: ['+ :'],
    denied: ignored(['-x'], { never: ['+ :'] }),
  },
  {
    ...script('eval "$( { true; } 2>&1)"; echo "script ran"\n'),
    id: 'trace-evaluated',
    what: '-o xtrace: a script evaluates what it finds on the standard error, which plain text of PS4 is a part of',
    argv: [DASH, '-o', 'xtrace', 'script.sh'],
    env: { PS4: 'echo "trace" "ran"; : ' },
    says: ['trace ran'],
    denied: ignored(['-x'], { says: ['script ran'], never: ['trace ran'] }),
  },
  {
    ...fromFile(hello('script')),
    id: 'expanded-env',
    what: 'the value of ENV is expanded before the file is opened',
    env: { ENV: '$(echo expansion $((40 + 2)) >&2)' },
    says: ['expansion 42', 'script ran'],
    denied: ignored(['ENV'], { says: ['script ran'], never: ['expansion 42'] }),
  },
  {
    ...fromFile(hello('script')),
    id: 'named-env',
    what: 'ENV names a file by variables: a value that can run nothing',
    files: {
      'script.sh': { text: hello('script'), mode: 0o755 },
      'env.sh': { text: hello('env'), mode: 0o755 },
    },
    env: { ENV: '$PLACE/${NAME}.sh', PLACE: '{folder}', NAME: 'env' },
    marked: ['env.sh'],
    says: ['env ran', 'script ran'],
    denied: 'runs',
  },
  {
    ...fromFile('if :\nthen echo "script" "ran"\nfi\n'),
    id: 'prompts',
    what: 'PS1 and PS2 from the environment',
    env: { PS1: '$(echo "PS1 ran $((1 + 1))")', PS2: '$(echo "PS2 ran $((1 + 1))")' },
    says: ['PS1 ran 2', 'PS2 ran 2', 'script ran'],
    denied: ignored(['PS1', 'PS2'], { says: ['script ran'], never: ['PS1 ran 2', 'PS2 ran 2'] }),
  },
  {
    ...script('set -i\necho "script" "ran"\n'),
    id: 'prompts-later',
    what: 'PS1 from the environment in a script that makes its shell interactive',
    env: { PS1: '$(echo "PS1 ran $((1 + 1))")' },
    traced: false,
    says: ['PS1 ran 2', 'script ran'],
    denied: { says: ['script ran'], never: ['PS1 ran 2'], status: 0 },
  },
  {
    ...script('echo "${LOCPATH+locales} ran"\n'),
    id: 'locales',
    what: "LOCPATH: a locale of the user's says which characters are blanks, and so how a script is read",
    where: 'locale',
    env: { LOCPATH: '{folder}' },
    // What the C library looks for there, and whether there are such locales, is the system's.
    traced: false,
    says: ['locales ran'],
    denied: ignored(['LOCPATH'], { says: [' ran'], never: ['locales ran'] }),
  },
  {
    ...fromFile('echo new >> box; touch -m -d "+1 hour" box\n:\n'),
    id: 'mail',
    what: 'the message of a file in MAILPATH is printed when mail comes, and not expanded',
    files: {
      'script.sh': { text: 'echo new >> box; touch -m -d "+1 hour" box\n:\n', mode: 0o755 },
      box: 'old mail\n',
    },
    env: { MAILPATH: '{folder}/box%$(echo message $((40 + 2)))' },
    plain: ['script.sh', 'box'],
    says: ['$(echo message $((40 + 2)))'],
    denied: 'runs',
  },
  {
    ...script('(echo "$((number))"); greet; text=axb; echo $text\n'),
    id: 'nothing-else',
    what: 'what other shells take from the environment: numbers, functions, separators, BASH_ENV',
    env: {
      number: 'list[$(echo number ran >&2)]',
      greet: '() { echo "function" "ran"; }',
      'BASH_FUNC_greet%%': '() { echo "function" "ran"; }',
      BASH_ENV: '$(echo BASH_ENV ran >&2)',
      PROMPT_COMMAND: 'echo PROMPT_COMMAND ran',
      SHELLOPTS: 'xtrace',
      IFS: 'x',
    },
    says: ['Illegal number', 'greet: not found', 'axb'],
    denied: 'runs',
  },
];

const about = (patch: string, scenarios: readonly Scenario[]): readonly Scenario[] =>
  scenarios.map((one) => ({ ...one, patch }));

/** Code that comes from no file, each with the patch that refuses it. */
export const entries: readonly Scenario[] = [
  ...about('commands', commands),
  ...about('environment', environment),
];
