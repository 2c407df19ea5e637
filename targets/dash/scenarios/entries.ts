import { deniedInput, shell } from '../../../src/target/dialect.ts';
import type { Scenario } from '../../../src/target/scenario.ts';
import { fromFile, ignored, trustedScript } from '../../../src/target/small-shells/begun.ts';
import { PROFILES } from '../../../src/target/small-shells/voice.ts';
import { dialect } from '../dialect.ts';
import { denied, hello, LONG, voice } from './common.ts';

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
  editor('editor', 'FCEDIT'),
  editor('editor-default', 'EDITOR'),
];

/** Variables that are expanded. */
const environment: readonly Scenario[] = [
  {
    ...trustedScript(voice, 'set -i\necho "script" "ran"\n'),
    id: 'prompts-later',
    what: 'PS1 from the environment in a script that makes its shell interactive',
    env: { PS1: '$(echo "PS1 ran $((1 + 1))")' },
    traced: false,
    says: ['PS1 ran 2', 'script ran'],
    denied: { says: ['script ran'], never: ['PS1 ran 2'], status: 0 },
  },
  {
    ...trustedScript(voice, 'echo "${LOCPATH+locales} ran"\n'),
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
    ...fromFile(voice, 'echo new >> box; touch -m -d "+1 hour" box\n:\n'),
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
    ...trustedScript(voice, '(echo "$((number))"); greet; text=axb; echo $text\n'),
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
