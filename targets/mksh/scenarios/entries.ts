import { deniedInput, shell } from '../../../src/target/dialect.ts';
import type { Refusal, Scenario } from '../../../src/target/scenario.ts';
import { dialect } from '../dialect.ts';
import { MKSH, hello, PROFILES } from './common.ts';

/** What is said of commands that come from no file. */
export const denied = (what: string, rest: Partial<Refusal> = {}): Refusal => ({
  says: [`${what}: SECBIT_EXEC_DENY_INTERACTIVE: Permission denied`],
  status: 127,
  ...rest,
});

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
  {
    id: 'command-options',
    what: '-c with other options and a name',
    files: {},
    argv: [MKSH, '-ec', 'echo "command ran"', 'name'],
    marked: [],
    plain: [],
    says: ['command ran'],
    denied: denied('-c'),
  },
  {
    id: 'command-login',
    what: '-l -c: it is refused before a profile is read',
    files: { 'home/.profile': { text: hello('profile'), mode: 0o755 } },
    argv: [MKSH, '-l', '-c', 'echo "command ran"'],
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
    argv: [MKSH, '-i', '-c', 'echo "command ran"'],
    marked: [],
    plain: [],
    traced: false,
    says: ['command ran'],
    denied: denied('-c'),
  },
  {
    id: 'stdin-login',
    what: 'a login shell that reads its standard input: it is refused before a profile is read',
    files: { 'home/.profile': { text: hello('profile'), mode: 0o755 } },
    argv: [MKSH, '-l'],
    input: 'echo "input" "ran"\n',
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
    argv: [MKSH, 'script.sh'],
    input: 'one\ntwo\n',
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
    argv: [MKSH, '-i'],
    typed: 'echo "$((40 + 2)) typed"\nexit\n',
    marked: ['home/.mkshrc'],
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
    argv: [MKSH, '-i', 'script.sh'],
    marked: ['script.sh', 'nowhere.sh'],
    plain: [],
    traced: false,
    placements: ['executable', 'plain'],
    says: ['./nowhere.sh: No such file', 'went on'],
    denied: 'runs',
  },
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
  argv: [MKSH, 'script.sh'],
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

/** A trusted script that says into how many words IFS splits a text. */
const split = {
  ...script('text=one7two; set -- $text; [ $# = 2 ] && echo "parts $#" || echo "whole $#"\n'),
  says: ['parts 2'],
};

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
    env: { PS4: 'of $0, $# $? $ ' },
    says: ['of script.sh, 0 0 $ :'],
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
    ...script('eval "$(exec 2>&1; true)"; eval "$({ true; } 2>&1)"; echo "script ran"\n'),
    id: 'trace-evaluated',
    what: '-x: a trace, of which plain text of PS4 is a part, is not in what a script evaluates of its standard error',
    argv: [MKSH, '-x', 'script.sh'],
    env: { PS4: 'echo "trace" "ran"; : ' },
    says: ['script ran'],
    denied: 'runs',
  },
  {
    ...fromFile(hello('script')),
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
    ...script('echo "$COLUMNS of $LINES"\n'),
    id: 'size-number',
    what: 'COLUMNS and LINES from the environment, which are numbers',
    env: { COLUMNS: '123', LINES: '45' },
    says: ['123 of 45'],
    denied: 'runs',
  },
  {
    ...fromFile('greet; text=axb; echo $text "${mksh:-no alias}"\n'),
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
