import { shell } from '../../../src/target/dialect.ts';
import type { Scenario } from '../../../src/target/scenario.ts';
import { fromFile, trustedScript } from '../../../src/target/small-shells/begun.ts';
import { DASH, denied, voice } from './common.ts';

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

/** The -c option, the standard input and a prompt. */
const commands: readonly Scenario[] = [
  {
    id: 'command-stdin',
    what: '-s with -c: commands from both',
    files: {},
    argv: [DASH, '-s', '-c', 'echo "command ran"'],
    input: 'echo "input" "ran"\n',
    marked: [],
    plain: [],
    says: ['command ran\ninput ran'],
    denied: denied('-c', { never: ['ran'] }),
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
