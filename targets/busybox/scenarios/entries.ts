import { deniedInput, shell } from '../../../src/target/dialect.ts';
import type { Refusal, Scenario } from '../../../src/target/scenario.ts';
import { dialect } from '../dialect.ts';
import { ASH, denied, hello, missingFile, PROFILES } from './common.ts';

/** The -c option, the standard input and a prompt. */
const commands: readonly Scenario[] = [
  {
    id: 'command-options',
    what: '-c with other options and a name',
    files: {},
    argv: [...ASH, '-ec', 'echo "command ran"', 'name'],
    marked: [],
    plain: [],
    says: ['command ran'],
    denied: denied('-c', 2),
  },
  {
    id: 'command-login',
    what: '-l -c: it is refused before a profile is read',
    files: { 'home/.profile': { text: hello('profile'), mode: 0o755 } },
    argv: [...ASH, '-l', '-c', 'echo "command ran"'],
    marked: ['home/.profile'],
    plain: [],
    system: PROFILES,
    placements: ['executable', 'plain'],
    says: ['profile ran\ncommand ran'],
    denied: denied('-c', 2, { never: ['profile ran', 'command ran'] }),
  },
  {
    id: 'command-interactive',
    what: '-i -c: an interactive shell ends too',
    files: {},
    argv: [...ASH, '-i', '-c', 'echo "command ran"'],
    marked: [],
    plain: [],
    traced: false,
    says: ['command ran'],
    denied: denied('-c', 2),
  },
  {
    id: 'stdin-login',
    what: 'a login shell that reads its standard input: it is refused before a profile is read',
    files: { 'home/.profile': { text: hello('profile'), mode: 0o755 } },
    argv: [...ASH, '-l'],
    input: 'echo "input" "ran"\n',
    marked: ['home/.profile'],
    plain: [],
    system: PROFILES,
    placements: ['executable', 'plain'],
    says: ['profile ran\ninput ran'],
    ...deniedInput(dialect),
    denied: denied('standard input', 2, { never: ['profile ran', 'input ran'] }),
  },
  {
    id: 'stdin-offset',
    what: 'a file that is the standard input is read from where it is',
    files: { 'script.sh': `read line\n${hello('script')}` },
    argv: shell('{ read line; exec "$0" ash -s; } <script.sh'),
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
    argv: shell('exec "$0" ash -i <first.sh'),
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
    argv: shell('exec "$0" ash <script.sh'),
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
    argv: shell('exec "$0" ash <first.sh'),
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
    argv: [...ASH, 'script.sh'],
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
    argv: [...ASH, '-i'],
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
    argv: [...ASH, '-i', 'script.sh'],
    marked: ['script.sh', 'nowhere.sh'],
    plain: [],
    traced: false,
    placements: ['executable', 'plain'],
    says: [...missingFile('./nowhere.sh'), 'went on'],
    denied: 'runs',
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
  argv: shell('exec "$0" ash -i <script.sh'),
  marked: [],
  plain: ['script.sh'],
  placements: ['executable', 'plain'],
  // The shell names its process where it has no terminal.
  traced: false,
});

/** A script that may be executed. */
const script = (text: string): Begun => ({
  files: { 'script.sh': { text, mode: 0o755 } },
  argv: [...ASH, 'script.sh'],
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
    argv: [...ASH, '-x', 'script.sh'],
    says: ['+ :'],
    denied: ignored(['-x'], { never: ['+ :'] }),
  },
  {
    ...script('eval "$( { true; } 2>&1)"; echo "script ran"\n'),
    id: 'trace-evaluated',
    what: '-o xtrace: a script evaluates what it finds on the standard error, which plain text of PS4 is a part of',
    argv: [...ASH, '-o', 'xtrace', 'script.sh'],
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
    says: ['axb\n', 'greet: not found'],
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
