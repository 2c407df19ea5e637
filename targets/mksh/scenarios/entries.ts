import { shell } from '../../../src/target/dialect.ts';
import type { Scenario } from '../../../src/target/scenario.ts';
import { fromFile, ignored, trustedScript } from '../../../src/target/small-shells/begun.ts';
import { denied, hello, MKSH, voice } from './common.ts';

/** An interactive shell that reads a file that may be executed, and lines of whose history are run. */
const history = (
  id: string,
  what: string,
  command: string,
  says: string,
  env?: Scenario['env'],
): Scenario => ({
  id,
  what,
  files: {
    'script.sh': { text: `: old line\n${command}\nexit\n`, mode: 0o755 },
    new: 'echo edited $((40 + 2))\n',
  },
  argv: shell('exec "$0" -i <script.sh'),
  ...(env && { env }),
  marked: ['home/.mkshrc'],
  plain: ['script.sh'],
  // The temporary file has another name each time, and the shell names its process where it has no terminal.
  traced: false,
  placements: ['executable', 'plain'],
  says: [says],
  denied: { says: ['fc: SECBIT_EXEC_DENY_INTERACTIVE: Permission denied'], never: [says], status: 1 },
});

/** The -c option, the standard input and a prompt. */
const commands: readonly Scenario[] = [
  history(
    'editor',
    'fc: FCEDIT from the environment is a command, and what it leaves is run',
    'fc 1',
    'edited 42',
    {
      FCEDIT: 'cp {folder}/new',
    },
  ),
  history('editor-option', 'fc -e: an editor, and what it leaves is run', 'fc -e "cp new" 1', 'edited 42'),
  history(
    'history',
    'r: a line of the history is run again',
    'echo again $((40 + 1))\nr old=new 1',
    ': new line',
  ),
  {
    id: 'builtin',
    what: 'a shell that is called by the name of a builtin: eval',
    files: { 'bin/eval': { link: MKSH } },
    argv: shell('exec bin/eval "echo command ran"'),
    marked: [],
    plain: [],
    says: ['command ran'],
    denied: denied('eval'),
  },
  {
    id: 'builtin-subscript',
    what: 'the same by another name: let, whose argument is calculated',
    files: { 'bin/let': { link: MKSH } },
    argv: shell("exec bin/let 'list[$(echo subscript ran >&2)1]=1'"),
    marked: [],
    plain: [],
    says: ['subscript ran'],
    denied: denied('let'),
  },
];

/** A trusted script that says into how many words IFS splits a text. */
const split = {
  ...trustedScript(voice, 'text=one7two; set -- $text; [ $# = 2 ] && echo "parts $#" || echo "whole $#"\n'),
  says: ['parts 2'],
};

/** Variables that are expanded. */
const environment: readonly Scenario[] = [
  {
    ...trustedScript(voice, 'set -x\n:\n'),
    id: 'trace-prompt-plain',
    what: 'PS4 from the environment, with nothing in it that runs',
    env: { PS4: 'of $0, $# $? $ ' },
    says: ['of script.sh, 0 0 $ :'],
    denied: 'runs',
  },
  {
    ...trustedScript(voice, 'eval "$(exec 2>&1; true)"; eval "$({ true; } 2>&1)"; echo "script ran"\n'),
    id: 'trace-evaluated',
    what: '-x: a trace, of which plain text of PS4 is a part, is not in what a script evaluates of its standard error',
    argv: [MKSH, '-x', 'script.sh'],
    env: { PS4: 'echo "trace" "ran"; : ' },
    says: ['script ran'],
    denied: 'runs',
  },
  {
    ...fromFile(voice, hello('script')),
    id: 'prompts',
    what: 'PS1 from the environment',
    env: { PS1: '#$(echo "PS1 ran $((1 + 1))")' },
    says: ['PS1 ran 2', 'script ran'],
    denied: ignored(['PS1'], { says: ['script ran'], never: ['PS1 ran 2'] }),
  },
  {
    ...split,
    id: 'sizes',
    what: 'COLUMNS from the environment is calculated, and sets IFS: a trusted script then splits its words at a digit',
    env: { COLUMNS: 'IFS=7' },
    denied: ignored(['COLUMNS'], { says: ['whole 1'], never: ['parts 2'] }),
  },
  {
    ...split,
    id: 'size-element',
    what: 'the same in an element of an array LINES',
    env: { 'LINES[3]': 'IFS=7' },
    denied: ignored(['LINES'], { says: ['whole 1'], never: ['parts 2'] }),
  },
  {
    ...trustedScript(voice, 'echo "$COLUMNS of $LINES"\n'),
    id: 'size-number',
    what: 'COLUMNS and LINES from the environment, which are numbers',
    env: { COLUMNS: '123', LINES: '45' },
    says: ['123 of 45'],
    denied: 'runs',
  },
  {
    ...fromFile(voice, 'greet; text=axb; echo $text "${mksh:-no alias}"\n'),
    id: 'nothing-else',
    what: 'what other shells take from the environment: functions, aliases, separators, an ENV that is expanded, PS2',
    env: {
      greet: '() { echo "function" "ran"; }',
      'BASH_FUNC_greet%%': '() { echo "function" "ran"; }',
      BASH_ENV: '$(echo BASH_ENV ran >&2)',
      ENV: '$(echo ENV ran >&2)',
      PS2: '$(echo PS2 ran >&2)',
      PROMPT_COMMAND: 'echo PROMPT_COMMAND ran',
      SHELLOPTS: 'xtrace',
      'list[$(echo subscript ran >&2)]': '1',
      RANDOM: 'list[$(echo number ran >&2)]',
      IFS: 'x',
    },
    says: ['greet: inaccessible or not found', 'axb no alias'],
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
