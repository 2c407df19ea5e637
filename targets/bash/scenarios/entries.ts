import { deniedInput } from '../../../src/target/dialect.ts';
import type { Refusal, Scenario } from '../../../src/target/scenario.ts';
import { dialect } from '../dialect.ts';
import { catalogue, catalogueOf, translated } from './catalogue.ts';
import { BASH, hello, quiet } from './common.ts';

/** What is said of commands that come from no file. */
export const denied = (what: string, rest: Partial<Refusal> = {}): Refusal => ({
  says: [`${what}: SECBIT_EXEC_DENY_INTERACTIVE: Permission denied`],
  status: 126,
  ...rest,
});

/** What fc runs of a variable that names an editor. */
const editor = (id: string, variable: string): Scenario => ({
  id,
  what: `fc in a script: ${variable} from the environment is a command, and what it leaves is run`,
  files: {
    'script.sh': { text: 'set -o history\n: old\nfc\n', mode: 0o755 },
    new: 'echo edited $((40 + 2))\n',
    'tmp/': '',
  },
  argv: [BASH, 'script.sh'],
  env: { HISTFILE: '/dev/null', [variable]: 'cp -v new' },
  marked: ['script.sh'],
  plain: ['new', 'tmp/bash-fc.*'],
  // It names its file, which has another name each time.
  traced: false,
  says: ["'new' -> ", 'edited 42'],
  denied: denied('fc', { status: 1 }),
});

/** A program on the standard input of an interactive shell, whose last line has a tab in it. */
const typedByFile = (id: string, what: string, before: string): Scenario => ({
  id,
  what,
  files: {
    'script.sh': { text: `${before}echo root@\tx\n`, mode: 0o755 },
    hosts: '127.0.0.1 $(echo$IFS$((40+2)))\n',
  },
  argv: ['/bin/sh', '-c', 'exec "$0" --norc -i <script.sh', BASH],
  env: { ...quiet, HOSTFILE: '{folder}/hosts' },
  marked: ['inputrc'],
  plain: ['script.sh', 'hosts'],
  traced: false,
  placements: ['executable', 'plain'],
  says: ['root@42'],
  denied: { says: ['root@ x'], never: ['root@42'], status: 0 },
});

/** The -c option, the standard input, a prompt and the history. */
const commands: readonly Scenario[] = [
  {
    id: 'command-errexit',
    what: '-c with -e and a name: the status is the same',
    files: {},
    argv: [BASH, '-e', '-c', 'echo "command ran"', 'name'],
    marked: [],
    plain: [],
    says: ['command ran'],
    denied: denied('name: -c'),
  },
  {
    id: 'stdin-offset',
    what: 'a file that is the standard input is read from where it is, and what reads it goes on from there',
    files: { 'script.sh': 'read line\nfirst line\necho "got $line"\n' },
    argv: ['/bin/sh', '-c', '{ read line; "$0" -s; } <script.sh', BASH],
    marked: [],
    plain: ['script.sh'],
    // The first line was read by the shell; what is left is a command of that name.
    says: ['first: command not found', 'got'],
    ...deniedInput(dialect),
    passing: ['script.sh'],
  },
  {
    id: 'stdin-interactive',
    what: '`exec <file` in an interactive shell whose standard input is a file that may be executed',
    files: { 'first.sh': { text: 'exec <second.sh\n', mode: 0o755 }, 'second.sh': hello('second') },
    argv: ['/bin/sh', '-c', 'exec "$0" --norc -i <first.sh', BASH],
    env: quiet,
    marked: ['inputrc'],
    plain: ['first.sh', 'second.sh'],
    // The shell names its process where it has no terminal.
    traced: false,
    says: ['second ran'],
    ...deniedInput(dialect),
    passing: ['second.sh'],
  },
  {
    id: 'stdin-data',
    what: 'a program on the standard input redirects it for commands that read data',
    files: {
      'first.sh': {
        text: 'read one <data; { read two; } <data\nf() { exec <data; read three; echo "$one $two $three"; exit; }\nf\n',
        mode: 0o755,
      },
      data: 'text\n',
    },
    argv: ['/bin/sh', '-c', 'exec "$0" <first.sh', BASH],
    marked: [],
    plain: ['first.sh', 'data'],
    says: ['text text text'],
    denied: 'runs',
  },
  {
    id: 'prompt',
    what: 'commands that are typed at a prompt',
    files: {},
    argv: [BASH, '--norc', '-i'],
    env: quiet,
    typed: 'echo "$((40 + 2)) typed"\nexit\n',
    marked: ['inputrc'],
    plain: [],
    says: ['42 typed'],
    ...deniedInput(dialect),
  },
  {
    id: 'typed-expansion',
    what: 'read -e in a trusted script: readline expands what is typed, at a key',
    files: { 'script.sh': { text: 'read -e line\necho "got $line"\n', mode: 0o755 } },
    argv: [BASH, 'script.sh'],
    env: quiet,
    typed: '$(echo typed $((40 + 2)))\u001b\u0005\n',
    marked: ['script.sh', 'inputrc'],
    plain: [],
    traced: false,
    placements: ['executable', 'plain'],
    says: ['got typed 42'],
    denied: { says: ['got $(echo'], never: ['got typed 42'], status: 0 },
  },
  {
    id: 'typed-completion',
    what: 'read -e in a trusted script: the name of a folder is expanded when it is completed',
    files: { 'script.sh': { text: 'read -e line\nif [ -e made ]; then echo "made it"; fi\n', mode: 0o755 } },
    argv: [BASH, 'script.sh'],
    env: quiet,
    typed: '"${list[$(echo >made)]}/\t\n',
    marked: ['script.sh', 'inputrc'],
    plain: [],
    traced: false,
    placements: ['executable', 'plain'],
    says: ['made it'],
    denied: { says: [], never: ['made it'], status: 0 },
  },
  {
    id: 'history-file',
    what: 'lines of HISTFILE that keys of a trusted file fetch: bytes above 127 are keys in the C locale',
    files: {
      'script.sh': { text: '\u00c3\u00bc\nexit\n', mode: 0o755 },
      history: 'echo history $((40 + 2))\n',
    },
    argv: ['/bin/sh', '-c', 'exec "$0" --norc -i <script.sh', BASH],
    env: { ...quiet, LC_ALL: 'C', HISTFILE: '{folder}/history' },
    marked: ['inputrc'],
    plain: ['script.sh', 'history'],
    traced: false,
    placements: ['executable', 'plain'],
    says: ['history 42'],
    denied: { says: ['command not found'], never: ['history 42'], status: 127 },
  },
  typedByFile(
    'typed-by-file',
    'a program on the standard input of an interactive shell: its tabs complete names of HOSTFILE, as if typed',
    '',
  ),
  typedByFile(
    'typed-by-file-later',
    'the same behind a line that switches line editing on, and behind what is read ahead of it',
    // More than is read at a time: input.c.
    `set -o emacs\n${': a line that does nothing\n'.repeat(100)}`,
  ),
  {
    id: 'history-loaded',
    what: 'the history of an interactive shell: it begins with the lines of HISTFILE, which keys and words bring back',
    files: {
      'script.sh': { text: 'history\n', mode: 0o755 },
      history: 'echo kept\n',
    },
    argv: ['/bin/sh', '-c', 'exec "$0" --norc -i <script.sh', BASH],
    env: { ...quiet, HISTFILE: '{folder}/history' },
    marked: ['inputrc'],
    plain: ['script.sh', 'history'],
    traced: false,
    placements: ['executable', 'plain'],
    says: ['echo kept'],
    denied: { says: ['1  history'], never: ['echo kept'], status: 0 },
  },
  {
    id: 'history-expansion',
    what: 'a script that expands history, of a file that HISTFILE names: its lines stay as they are',
    files: {
      'script.sh': { text: 'set -o history -o histexpand\n!echo\n', mode: 0o755 },
      history: 'echo history $((40 + 2))\n',
    },
    argv: [BASH, 'script.sh'],
    env: { HISTFILE: '{folder}/history' },
    marked: ['script.sh'],
    plain: ['history'],
    // The line is shown before it is run, as it is written.
    says: ['history 42'],
    denied: { says: ['!echo: command not found'], never: ['history 42'], status: 127 },
  },
  {
    id: 'history-expansion-own',
    what: 'a script that expands a line of history that it has put there itself: it stays as it is',
    files: {
      'script.sh': {
        text: "set -o history -o histexpand\nhistory -s 'echo history $((40 + 2))'\n!echo\n",
        mode: 0o755,
      },
    },
    argv: [BASH, 'script.sh'],
    marked: ['script.sh'],
    // With HISTFILE unset, the history library asks for a file by the name it has for it.
    plain: ['home/.history'],
    says: ['history 42'],
    denied: { says: ['!echo: command not found'], never: ['history 42'], status: 127 },
  },
  {
    id: 'history-again',
    what: 'fc -s: a line of HISTFILE is run once more',
    files: {
      'script.sh': { text: 'set -o history\nfc -s echo\n', mode: 0o755 },
      history: 'echo history $((40 + 2))\n',
    },
    argv: [BASH, 'script.sh'],
    env: { HISTFILE: '{folder}/history' },
    marked: ['script.sh'],
    plain: ['history'],
    says: ['history 42'],
    denied: denied('fc', { status: 1 }),
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

/** An interactive shell that may go on where the interactive policy denies: its input is a file that may be executed. */
const fromFile = (text: string): Pick<Scenario, 'files' | 'argv' | 'marked' | 'plain'> => ({
  files: { 'script.sh': { text, mode: 0o755 } },
  argv: ['/bin/sh', '-c', 'exec "$0" --norc -i <script.sh', BASH],
  marked: ['inputrc'],
  plain: ['script.sh'],
});

/** A script that may be executed. */
const script = (text: string): Pick<Scenario, 'files' | 'argv' | 'marked' | 'plain'> => ({
  files: { 'script.sh': { text, mode: 0o755 } },
  argv: [BASH, 'script.sh'],
  marked: ['script.sh'],
  plain: [],
});

/** A message of the shell's own, which is formatted as the catalogue says; it is another one from 5.3 on. */
const ownMessage = (id: string, where: string, message: string, translation: string): Scenario => ({
  ...script('nowhere\n'),
  id,
  what: "TEXTDOMAIN=bash: a catalogue of the user's has the shell's own messages, formats among them",
  argv: catalogue('bash', message, translation),
  env: { ...translated, TEXTDOMAIN: 'bash' },
  plain: catalogueOf('bash'),
  where,
  says: ['nowhere: replaced'],
  status: 127,
  denied: ignored(['TEXTDOMAIN', 'TEXTDOMAINDIR'], {
    says: ['nowhere: command not found'],
    never: ['replaced'],
    status: 127,
  }),
});

/** Variables that are code, or are expanded. */
const environment: readonly Scenario[] = [
  {
    ...script('greet\n'),
    id: 'exported-function',
    what: 'a function from the environment',
    env: { 'BASH_FUNC_greet%%': '() { echo "function ran"; }' },
    says: ['function ran'],
    denied: ignored(['BASH_FUNC_greet%%'], {
      says: ['greet: command not found'],
      never: ['function ran'],
      status: 127,
    }),
  },
  {
    ...script(hello('script')),
    id: 'expanded-bash-env',
    what: 'the value of BASH_ENV is expanded before the file is opened',
    env: { BASH_ENV: '$(echo expansion $((40 + 2)) >&2)' },
    says: ['expansion 42', 'script ran'],
    denied: ignored(['BASH_ENV'], { says: ['script ran'], never: ['expansion 42'] }),
  },
  {
    ...script(hello('script')),
    id: 'expanded-bash-env-hidden',
    what: 'the same behind a byte that the shell quotes with itself',
    env: { BASH_ENV: '\u0001\\$(echo expansion $((40 + 2)) >&2)' },
    // What is left of the value is the name of a file that is not there.
    traced: false,
    says: ['expansion 42', 'script ran'],
    denied: ignored(['BASH_ENV'], { says: ['script ran'], never: ['expansion 42'] }),
  },
  {
    ...script('declare -A table; key=$1; (( table[$key]++ )); echo "script ran"\n'),
    id: 'compatible-subscript',
    what: 'BASH_COMPAT: a subscript that is expanded twice, as older versions do',
    argv: [BASH, 'script.sh', '$(echo subscript $((40 + 2)) >&2)'],
    env: { BASH_COMPAT: '5.1' },
    where: 'noexpand-translation',
    says: ['subscript 42', 'script ran'],
    denied: ignored(['BASH_COMPAT'], { says: ['script ran'], never: ['subscript 42'] }),
  },
  {
    ...script('count() { local number; (( number++ )); :; }; count; echo "script ran"\n'),
    id: 'inherited-local',
    what: 'BASHOPTS: a local variable that begins with the text of the environment, and is evaluated',
    env: { BASHOPTS: 'localvar_inherit', number: 'list[$(echo number $((40 + 2)) >&2)]' },
    says: ['number 42', 'script ran'],
    denied: ignored(['BASHOPTS: localvar_inherit'], { says: ['script ran'], never: ['number 42'] }),
  },
  {
    ...script('count() { local number; (( number++ )); :; }; count; echo "script ran"\n'),
    id: 'inherited-local-option',
    what: 'the same by -O',
    argv: [BASH, '-O', 'localvar_inherit', 'script.sh'],
    env: { number: 'list[$(echo number $((40 + 2)) >&2)]' },
    says: ['number 42', 'script ran'],
    denied: ignored(['-O: localvar_inherit'], { says: ['script ran'], never: ['number 42'] }),
  },
  {
    ...script('text=${1//\\\'/}; eval "$(echo "said=\'$text\'")"; echo "script ran"\n'),
    id: 'echo-option',
    what: '-O xpg_echo: digits in what a script has echo print, and evaluates, are a quote',
    argv: [BASH, '-O', 'xpg_echo', 'script.sh', '\\047; echo quote $((40 + 2)); : \\047'],
    says: ['quote 42', 'script ran'],
    denied: ignored(['-O: xpg_echo'], { says: ['script ran'], never: ['quote 42'] }),
  },
  {
    ...script('eval "$(printf %s a=1)"; echo "script ran"\n'),
    id: 'trace-option',
    what: '-x: a trace in what a script evaluates, by BASH_XTRACEFD',
    argv: [BASH, '-x', 'script.sh'],
    env: { BASH_XTRACEFD: '1', PS4: 'echo "trace" "ran"; : ' },
    // Root's shell does not take PS4 from the environment.
    traced: false,
    says: ['trace ran'],
    denied: ignored(['-x: xtrace', 'BASH_XTRACEFD'], { says: ['script ran'], never: ['trace ran'] }),
  },
  {
    ...script('echo "${LOCPATH+locales} ran"\n'),
    id: 'locale-folder',
    what: "LOCPATH: a locale of the user's says which bytes are letters and blanks, and what a prompt shows",
    env: { LOCPATH: '{folder}' },
    says: ['locales ran'],
    denied: ignored(['LOCPATH'], { never: ['locales ran'] }),
  },
  {
    ...script('echo "${LANGUAGE+languages} ran"\n'),
    id: 'language-folder',
    what: "LANGUAGE with a path: the shell's own messages are those of a catalogue of the user's",
    env: { LANGUAGE: '../{folder}' },
    says: ['languages ran'],
    denied: ignored(['LANGUAGE'], { never: ['languages ran'] }),
  },
  {
    ...script('list[$"hi"]=1; echo "script ran"\n'),
    id: 'translation-evaluated',
    what: 'TEXTDOMAINDIR: a script calculates with a translation, which is the name of a variable',
    argv: catalogue('attack', 'hi', 'number'),
    env: { ...translated, TEXTDOMAIN: 'attack', number: 'list[$(echo number $((40 + 2)) >&2)]' },
    plain: catalogueOf('attack'),
    says: ['number 42', 'script ran'],
    denied: ignored(['TEXTDOMAINDIR'], { says: ['script ran'], never: ['number 42'] }),
  },
  {
    ...script(hello('script')),
    id: 'named-bash-env',
    what: 'BASH_ENV names a file by variables: a value that can run nothing',
    files: {
      'script.sh': { text: hello('script'), mode: 0o755 },
      'env.sh': { text: hello('env'), mode: 0o755 },
    },
    env: { BASH_ENV: '$PLACE/${NAME}.sh', PLACE: '{folder}', NAME: 'env' },
    marked: ['env.sh', 'script.sh'],
    says: ['env ran\nscript ran'],
    denied: 'runs',
  },
  {
    id: 'expanded-env',
    what: 'the value of ENV is expanded before the file is opened',
    files: { sh: { link: BASH }, 'script.sh': { text: hello('script'), mode: 0o755 } },
    argv: ['/bin/sh', '-c', 'exec ./sh -i <script.sh'],
    env: { ...quiet, ENV: '$(echo expansion $((40 + 2)) >&2)' },
    marked: ['inputrc'],
    plain: ['script.sh'],
    // The shell names its process where it has no terminal.
    traced: false,
    says: ['expansion 42', 'script ran'],
    denied: ignored(['ENV'], { says: ['script ran'], never: ['expansion 42'] }),
  },
  {
    ...fromFile(':\n'),
    id: 'prompt-command',
    what: 'PROMPT_COMMAND, PS1 and PS0 from the environment',
    env: {
      ...quiet,
      PROMPT_COMMAND: 'echo "PROMPT_COMMAND ran $((1 + 1))"',
      PS1: '$(echo "PS1 ran $((1 + 1))")',
      PS0: '$(echo "PS0 ran $((1 + 1))")',
    },
    // The shell names its process where it has no terminal.
    traced: false,
    says: ['PROMPT_COMMAND ran 2', 'PS1 ran 2', 'PS0 ran 2'],
    denied: ignored(['PROMPT_COMMAND', 'PS1', 'PS0'], {
      never: ['PROMPT_COMMAND ran 2', 'PS1 ran 2', 'PS0 ran 2'],
    }),
  },
  {
    ...fromFile('if :\nthen echo "script" "ran"\nfi\n'),
    id: 'prompt-second',
    what: 'PS2 from the environment',
    env: { ...quiet, PS2: '$(echo "PS2 ran $((1 + 1))")' },
    // The shell names its process where it has no terminal.
    traced: false,
    says: ['PS2 ran 2', 'script ran'],
    denied: ignored(['PS2'], { says: ['script ran'], never: ['PS2 ran 2'] }),
  },
  {
    ...script(':\n'),
    id: 'trace-prompt',
    what: 'PS4 from the environment, with tracing from SHELLOPTS',
    env: { SHELLOPTS: 'xtrace', PS4: '$(echo PS4 $((40 + 2)))' },
    // Root's shell does not take PS4 from the environment.
    traced: false,
    says: ['PS4 42'],
    denied: ignored(['PS4', 'SHELLOPTS: xtrace'], { never: ['PS4 42'] }),
  },
  {
    ...script('set -x\n:\n'),
    id: 'trace-prompt-hidden',
    what: 'PS4 from the environment, in which a variable or an octal number hides what it runs',
    env: { PS4: '${HIDDEN@P}', HIDDEN: '\\044(echo PS4 $((40 + 2)))' },
    traced: false,
    says: ['PS4 42'],
    denied: ignored(['PS4'], { says: ['+ :'], never: ['PS4 42'] }),
  },
  {
    ...script('set -x\n:\n'),
    id: 'trace-prompt-escaped',
    what: 'PS4 from the environment, with an octal number in the place of a dollar',
    env: { PS4: '\\044(echo PS4 $((40 + 2)))' },
    traced: false,
    says: ['PS4 42'],
    denied: ignored(['PS4'], { says: ['+ :'], never: ['PS4 42'] }),
  },
  {
    ...script('set -x\n:\n'),
    id: 'trace-prompt-plain',
    what: 'PS4 from the environment, with nothing in it that runs',
    env: { PS4: '\\t is the time in ${BASH_SOURCE}, line $LINENO: ' },
    traced: false,
    says: [' is the time in script.sh, line 2: :'],
    denied: 'runs',
  },
  {
    ...script('!echo\n'),
    id: 'shellopts-history',
    what: 'a script that expands history from HISTFILE, switched on by SHELLOPTS',
    files: { 'script.sh': { text: '!echo\n', mode: 0o755 }, history: 'echo history $((40 + 2))\n' },
    env: { SHELLOPTS: 'errexit:history:histexpand', HISTFILE: '{folder}/history' },
    plain: ['history'],
    // The line is shown before it is run, as it is written.
    says: ['history 42'],
    denied: ignored(['SHELLOPTS: history', 'SHELLOPTS: histexpand'], {
      says: ['!echo: command not found'],
      never: ['history 42'],
      status: 127,
    }),
  },
  {
    ...fromFile('echo new >> box; touch -m -d "+1 hour" box\n:\n'),
    id: 'mail',
    what: 'the message of a file in MAILPATH is expanded when mail comes',
    files: {
      'script.sh': { text: 'echo new >> box; touch -m -d "+1 hour" box\n:\n', mode: 0o755 },
      box: 'old mail\n',
    },
    env: { ...quiet, MAILCHECK: '0', MAILPATH: '{folder}/box?$(echo message $((40 + 2)))' },
    plain: ['script.sh', 'box'],
    traced: false,
    says: ['message 42'],
    denied: ignored(['MAILPATH'], { never: ['message 42'] }),
  },
  ownMessage('own-messages', 'not-found-names-command', '%s: command not found', '%s: replaced'),
  ownMessage('own-messages-word', '!not-found-names-command', 'command not found', 'replaced'),
];

/** A translation that a shell parses again where it is in a command substitution. */
const QUOTED = String.raw`it's "$(echo translation)" ran \\`;

/** Message catalogues. */
const translations: readonly Scenario[] = [
  {
    ...script('TEXTDOMAINDIR=catalogues\necho $"hi"\n'),
    id: 'translation',
    what: 'a message catalogue that LANGUAGE and TEXTDOMAINDIR name: the translation of $"…" is expanded',
    argv: catalogue('attack', 'hi', '$(echo translation ran)'),
    env: { ...translated, TEXTDOMAIN: 'attack' },
    plain: catalogueOf('attack'),
    system: /^\/dev\/null$/,
    irregular: true,
    // What is not expanded ends in a bracket.
    says: ['translation ran\n'],
    refused: { says: ['$(echo translation ran)\n'], status: 0 },
    denied: { says: ['$(echo translation ran)\n'], status: 0 },
  },
  {
    ...script('TEXTDOMAINDIR=catalogues\nprintf "%s\\n" "$(printf %s $"hi")"\n'),
    id: 'translation-quoted',
    what: 'a translation with quotes and backslashes, in a command substitution',
    argv: catalogue('attack', 'hi', QUOTED),
    env: { ...translated, TEXTDOMAIN: 'attack' },
    plain: catalogueOf('attack'),
    system: /^\/dev\/null$/,
    irregular: true,
    says: ['translation ran'],
    refused: { says: [`${QUOTED}\n`], status: 0 },
    denied: { says: [`${QUOTED}\n`], status: 0 },
  },
  {
    ...script('TEXTDOMAINDIR=catalogues\necho "${nothing:-$"hi"}"\n'),
    id: 'translation-single',
    what: 'a translation in single quotes that do not quote, since they are in double ones',
    argv: catalogue('attack', 'hi', '$(echo translation ran)'),
    env: { ...translated, TEXTDOMAIN: 'attack', BASHOPTS: 'noexpand_translation' },
    plain: catalogueOf('attack'),
    system: /^\/dev\/null$/,
    irregular: true,
    where: 'noexpand-translation',
    says: ['translation ran'],
    refused: { says: ['hi'], never: ['translation'], status: 0 },
    denied: { says: ['hi'], never: ['translation'], status: 0 },
  },
];

const about = (patch: string, scenarios: readonly Scenario[]): readonly Scenario[] =>
  scenarios.map((one) => ({ ...one, patch }));

/** Code that comes from no file, each with the patch that refuses it. */
export const entries: readonly Scenario[] = [
  ...about('commands', commands),
  ...about('environment', environment),
  ...about('translations', translations),
];
