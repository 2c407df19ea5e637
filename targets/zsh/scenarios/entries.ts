import { deniedInput, shell } from '../../../src/target/dialect.ts';
import type { Refusal, Scenario } from '../../../src/target/scenario.ts';
import { dialect } from '../dialect.ts';
import { every, hello, script, trusted, ZSH } from './common.ts';

/** What is said of commands that come from no file. */
export const denied = (what: string, rest: Partial<Refusal> = {}): Refusal => ({
  says: [`${what}: SECBIT_EXEC_DENY_INTERACTIVE: permission denied`],
  status: 127,
  ...rest,
});

/** A script that executes what a variable names by fc. */
const editor = (id: string, variable: string): Scenario => ({
  ...script('fc -R past; fc 1\n'),
  id,
  what: `fc: ${variable} from the environment is a command, and what it leaves is run`,
  files: {
    'script.zsh': trusted('fc -R past; fc -p; fc -R past; TMPPREFIX=$PWD/tmp/z fc 1\n'),
    past: ': old\n: last\n',
    new: 'echo edited $((40 + 2))\n',
    edit: trusted('#!/bin/sh\ncp -v {folder}/new "$1"\n'),
    'tmp/': '',
  },
  env: { ...every.env, [variable]: 'cp -v {folder}/new' },
  plain: ['past', 'new', 'tmp/*'],
  // It names its file, which has another name each time.
  traced: false,
  says: ["new' -> ", 'edited 42'],
  denied: {
    says: ['fc:1: SECBIT_EXEC_DENY_INTERACTIVE: permission denied'],
    never: ['edited 42'],
    status: 1,
  },
});

/** The -c option, the standard input and a prompt. */
const commands: readonly Scenario[] = [
  {
    ...every,
    id: 'command-options',
    what: '-c with other options and a name',
    files: {},
    argv: [ZSH, '-efc', 'echo "command ran"', 'name'],
    marked: [],
    plain: [],
    says: ['command ran'],
    denied: denied('-c'),
  },
  {
    ...every,
    id: 'command-login',
    what: '-l -c: it is refused before a startup file is read',
    files: { 'home/.zshenv': trusted(hello('zshenv')), 'home/.zlogin': trusted(hello('zlogin')) },
    argv: [ZSH, '-l', '-c', 'echo "command ran"'],
    env: { ZDOTDIR: '{folder}/home' },
    marked: ['home/.z*'],
    plain: [],
    placements: ['executable', 'plain'],
    says: ['zshenv ran\nzlogin ran\ncommand ran'],
    denied: denied('-c', { never: ['ran'] }),
  },
  {
    ...every,
    id: 'command-interactive',
    what: '-i -c: an interactive shell ends too',
    files: {},
    argv: [ZSH, '-f', '-i', '-c', 'echo "command ran"'],
    marked: [],
    plain: [],
    says: ['command ran'],
    denied: denied('-c'),
  },
  {
    ...every,
    id: 'stdin-login',
    what: 'a login shell that reads its standard input: it is refused before a startup file is read',
    files: { 'home/.zshenv': trusted(hello('zshenv')) },
    argv: [ZSH, '-l'],
    env: { ZDOTDIR: '{folder}/home' },
    input: 'echo "input" "ran"\n',
    marked: ['home/.z*'],
    plain: [],
    placements: ['executable', 'plain'],
    says: ['zshenv ran\ninput ran'],
    ...deniedInput(dialect),
    denied: denied('standard input', { never: ['zshenv ran', 'input ran'] }),
  },
  {
    ...every,
    id: 'stdin-offset',
    what: 'a file that is the standard input is read from where it is',
    files: { 'script.zsh': `read line\n${hello('script')}` },
    argv: shell('{ read line; exec "$0" -s; } <script.zsh'),
    marked: [],
    plain: ['script.zsh'],
    says: ['script ran'],
    ...deniedInput(dialect),
    passing: ['script.zsh'],
  },
  {
    ...every,
    id: 'stdin-turned',
    what: '`exec <file` in a function of a program on the standard input, and in a trap',
    files: {
      'first.zsh': trusted('turn() { exec <second.zsh; }; trap turn USR1; kill -USR1 $$\n'),
      'second.zsh': hello('second'),
    },
    argv: shell('exec "$0" <first.zsh'),
    marked: [],
    plain: ['first.zsh', 'second.zsh'],
    says: ['second ran'],
    ...deniedInput(dialect),
    passing: ['second.zsh'],
  },
  {
    ...every,
    id: 'stdin-interactive',
    what: '-i with a file that may be executed as the standard input, and without line editing: `exec <file` ends it',
    files: { 'first.zsh': trusted('exec <second.zsh\n'), 'second.zsh': hello('second') },
    argv: shell('exec "$0" -f -i +o zle <first.zsh'),
    marked: [],
    plain: ['first.zsh', 'second.zsh'],
    says: ['second ran'],
    ...deniedInput(dialect),
    passing: ['second.zsh'],
  },
  {
    ...every,
    id: 'stdin-history',
    what: 'a program on the standard input that recalls a line of HISTFILE',
    files: {
      'first.zsh': trusted('echo "first ran"\n: !recalled\n'),
      past: 'recalled; echo "$((40 + 2)) recalled"\n: last\n',
      'home/': '',
    },
    argv: shell('exec "$0" -i +o zle <first.zsh'),
    env: { ...every.env, HISTFILE: '{folder}/past', ZDOTDIR: '{folder}/home' },
    marked: ['home/.zshenv', 'home/.zshrc'],
    plain: ['first.zsh', 'past'],
    placements: ['executable', 'plain'],
    says: ['42 recalled'],
    patch: 'commands',
    denied: { says: ['first ran'], never: ['42 recalled'], status: 0 },
  },
  {
    ...script('vared -c value; echo "got $value"\n'),
    id: 'edited-value',
    what: 'vared: Tab executes a command that is typed into a value',
    argv: [ZSH, '-f', 'script.zsh'],
    typed: 'x$(echo $((40 + 2)) >&2)\t\n',
    traced: false,
    says: ['42'],
    patch: 'commands',
    denied: { says: ['got x$(echo'], never: ['42'], status: 0 },
  },
  {
    ...every,
    id: 'stdin-data',
    what: 'a program on the standard input redirects it for commands that read data',
    files: {
      'first.zsh': trusted(
        'exec 4<&0; read one <data; { read two; } <data\nf() { exec <data; read three; echo "$one $two $three"; exit; }\nf\n',
      ),
      data: 'text\n',
    },
    argv: shell('exec "$0" <first.zsh'),
    marked: [],
    plain: ['first.zsh', 'data'],
    says: ['text text text'],
    denied: 'runs',
  },
  {
    ...script('read line; echo "got $line"; (read line; echo "and $line")\n'),
    id: 'stdin-of-a-script',
    what: 'a script reads data from a standard input that is a pipe',
    input: 'one\ntwo\n',
    says: ['got one\nand two'],
    denied: 'runs',
  },
  {
    ...every,
    id: 'prompt',
    what: 'commands that are typed at a prompt: the shell ends, and does not ask again',
    files: {},
    argv: [ZSH, '-f', '-i'],
    typed: 'echo "$((40 + 2)) typed"\nexit 0\n',
    marked: [],
    plain: [],
    // The description of the terminal, of the library.
    traced: false,
    says: ['42 typed'],
    ...deniedInput(dialect),
  },
  {
    ...every,
    id: 'prompt-of-a-file',
    what: 'a shell whose standard input is a file that may be executed, and which edits lines on its terminal',
    files: { 'first.zsh': trusted('echo "first" "ran"\n') },
    argv: shell('exec "$0" -f -i <first.zsh'),
    typed: 'echo "$((40 + 2)) typed"\nexit 0\n',
    marked: [],
    plain: ['first.zsh'],
    traced: false,
    placements: ['executable', 'plain'],
    says: ['42 typed'],
    patch: 'commands',
    denied: denied('terminal', { never: ['42 typed'] }),
  },
  editor('editor', 'FCEDIT'),
  editor('editor-default', 'EDITOR'),
];

/** What is said of a variable or an option that is not taken. */
const ignored = (names: readonly string[], rest: Partial<Refusal> = {}): Refusal => ({
  status: 0,
  ...rest,
  says: [
    ...names.map((name) => `${name}: SECBIT_EXEC_DENY_INTERACTIVE: permission denied`),
    ...(rest.says ?? []),
  ],
});

/** A number of the environment which zsh calculates, with a script that uses it. */
const number = (name: string, text: string, value = 'psvar[$(echo number $((40 + 2)) >&2)1]'): Scenario => ({
  ...script(`${text}\necho "script" "ran"\n`),
  id: `number-${name.toLowerCase()}`,
  what: `${name} from the environment is calculated, and a subscript in it executes commands`,
  env: { ...every.env, [name]: value, HIDDEN: 'psvar[$(echo number $((40 + 2)) >&2)1]' },
  says: ['number 42', 'script ran'],
  // Times are printed.
  traced: false,
  denied: ignored([name], { says: ['script ran'], never: ['number 42'] }),
});

/** An option of the command line that has a script execute its argument. */
const option = (
  id: string,
  options: readonly string[],
  names: readonly string[],
  text: string,
  argument: string,
): Scenario => ({
  ...script(`${text}\necho "script" "ran"\n`),
  id: `option-${id}`,
  what: `${options.join(' ')}: an argument of a script becomes code`,
  argv: [ZSH, ...options, 'script.zsh', argument],
  // A pattern lists the folder.
  traced: false,
  says: ['option 42', 'script ran'],
  denied: ignored(
    names.map((name) => `option ${name}`),
    { says: ['script ran'], never: ['option 42'] },
  ),
});

/** Variables that are expanded or calculated, and options that make code of data. */
const environment: readonly Scenario[] = [
  {
    ...script('setopt promptsubst xtrace\n:\n'),
    id: 'trace-prompt',
    what: 'PS4 from the environment: a command substitution, where prompts are expanded',
    env: { ...every.env, PS4: '$(echo PS4 $((40 + 2)))' },
    says: ['PS4 42'],
    denied: ignored(['PS4'], { never: ['PS4 42'] }),
  },
  {
    ...script('setopt promptsubst xtrace\n:\n'),
    id: 'trace-prompt-backquote',
    what: 'the same by its other name, with backquotes',
    env: { ...every.env, PROMPT4: '`echo PS4 $((40 + 2))`' },
    says: ['PS4 42'],
    denied: ignored(['PROMPT4'], { never: ['PS4 42'] }),
  },
  {
    ...script('setopt promptsubst xtrace\n:\n'),
    id: 'trace-prompt-plain',
    what: 'PS4 from the environment, with nothing in it that runs',
    env: { ...every.env, PS4: 'of %N, line %i ' },
    says: ['of script.zsh, line 2 :'],
    denied: 'runs',
  },
  {
    ...script(':\n'),
    id: 'trace-option',
    what: '-x: a trace that a script has not asked for',
    argv: [ZSH, '-x', 'script.zsh'],
    says: ['+script.zsh:1> :'],
    denied: ignored(['option xtrace'], { never: ['+script.zsh:1> :'] }),
  },
  {
    ...script('eval "$( { true; } 2>&1)"; echo "script ran"\n'),
    id: 'trace-evaluated',
    what: '--xtrace: a script evaluates what it finds on the standard error, which plain text of PS4 is a part of',
    argv: [ZSH, '--xtrace', 'script.zsh'],
    env: { ...every.env, PS4: 'echo "trace" "ran"; : ' },
    says: ['trace ran'],
    denied: ignored(['option xtrace'], { says: ['script ran'], never: ['trace ran'] }),
  },
  {
    ...script('eval "$( { /bin/true; echo; } 2>&1)"; echo "script ran"\n'),
    id: 'report-evaluated',
    what: 'TIMEFMT from the environment: a script evaluates what it finds on the standard error, which REPORTTIME=0 has zsh write to',
    env: { ...every.env, REPORTTIME: '0', TIMEFMT: 'echo "report" "ran"; ' },
    says: ['report ran'],
    denied: ignored(['TIMEFMT'], { says: ['script ran'], never: ['report ran'] }),
  },
  {
    ...script('. ./lib.zsh\n'),
    id: 'trace-sourced',
    what: '-o sourcetrace: PS4 is written when a file is sourced',
    files: {
      'script.zsh': trusted('eval "$(. ./lib.zsh 2>&1)"; echo "script ran"\n'),
      'lib.zsh': trusted(':\n'),
    },
    argv: [ZSH, '-o', 'source_trace', 'script.zsh'],
    env: { ...every.env, PS4: 'echo "trace" "ran"; #' },
    marked: ['script.zsh', 'lib.zsh'],
    says: ['trace ran'],
    denied: ignored(['option sourcetrace'], { says: ['script ran'], never: ['trace ran'] }),
  },
  option(
    'promptsubst',
    ['-o', 'promptsubst'],
    ['promptsubst'],
    'print -P -- "$1"',
    '$(echo option $((40 + 2)))',
  ),
  option('globsubst', ['--glob-subst'], ['globsubst'], 'echo $1 >/dev/null', '*(e:print -u2 option 42:)'),
  option(
    'bareglobqual',
    ['--emulate', 'csh', '-o', 'bareglobqual'],
    ['bareglobqual'],
    'unsetopt nomatch cshnullglob; echo $1 >/dev/null',
    '*(e:print -u2 option 42:)',
  ),
  option(
    'extendedglob',
    ['--emulate', 'csh', '-o', 'extendedglob'],
    ['extendedglob'],
    'unsetopt nomatch cshnullglob; echo $1 >/dev/null',
    '*(#qe:print -u2 option 42:)',
  ),
  number('REPORTTIME', '/bin/true'),
  number('REPORTMEMORY', '/bin/true'),
  number('DIRSTACKSIZE', 'pushd -q /'),
  {
    ...number('DIRSTACKSIZE', 'pushd -q /', 'HIDDEN'),
    id: 'number-name',
    what: 'DIRSTACKSIZE from the environment has the name of a variable, which is calculated as well',
  },
  {
    ...script('pushd -q /; echo "$DIRSTACKSIZE $REPORTTIME"\n'),
    id: 'number-plain',
    what: 'numbers that are numbers are taken from the environment',
    env: { ...every.env, DIRSTACKSIZE: '20', REPORTTIME: '-1' },
    says: ['20 -1'],
    denied: 'runs',
  },
  {
    ...script('echo "script" "ran"\n'),
    id: 'expanded-env',
    what: 'the value of ENV is expanded before the file is opened, in sh emulation',
    argv: [ZSH, '--emulate', 'sh', '-i', 'script.zsh'],
    env: { ENV: '$(echo expansion $((40 + 2)) >&2)' },
    says: ['expansion 42', 'script ran'],
    // It opens a file with no name.
    traced: false,
    denied: ignored(['ENV'], { says: ['script ran'], never: ['expansion 42'] }),
  },
  {
    ...every,
    id: 'prompts',
    what: 'PS1 and PS2 from the environment, where prompts are expanded',
    files: { 'script.zsh': trusted('if :\nthen echo "script" "ran"\nfi\n') },
    argv: shell('exec "$0" --emulate sh -i +o zle <script.zsh'),
    env: { PS1: '$(echo "PS1 ran $((1 + 1))")', PS2: '`echo "PS2 ran $((1 + 1))"`' },
    marked: [],
    plain: ['script.zsh'],
    placements: ['executable', 'plain'],
    says: ['PS1 ran 2', 'PS2 ran 2', 'script ran'],
    denied: ignored(['PS1', 'PS2'], { says: ['script ran'], never: ['PS1 ran 2', 'PS2 ran 2'] }),
  },
  {
    ...every,
    id: 'mail',
    what: 'the message of a file in MAILPATH is expanded when mail comes',
    files: {
      'script.zsh': trusted('MAILCHECK=-1\necho new >> box; touch -m -d "+1 hour" box\n:\n'),
      box: 'old mail\n',
    },
    argv: shell('exec "$0" -f -i +o zle <script.zsh'),
    env: { MAILPATH: '{folder}/box?$(echo message $((40 + 2)))' },
    marked: [],
    plain: ['script.zsh', 'box'],
    traced: false,
    placements: ['executable', 'plain'],
    says: ['message 42'],
    denied: ignored(['MAILPATH'], { never: ['message 42'] }),
  },
  {
    ...script(
      'echo "$HISTSIZE $COLUMNS"; greet; text=axb; echo $=text; f() { :; }; f; echo "[$HISTCHARS]"\n',
    ),
    id: 'nothing-else',
    what: 'what other shells take from the environment, and what zsh does not: numbers of its own, functions, separators, BASH_ENV',
    env: {
      ...every.env,
      HISTSIZE: 'psvar[$(echo number ran >&2)1]',
      COLUMNS: 'psvar[$(echo number ran >&2)1]',
      greet: '() { echo "function" "ran"; }',
      'BASH_FUNC_greet%%': '() { echo "function" "ran"; }',
      BASH_ENV: '$(echo BASH_ENV ran >&2)',
      PROMPT_COMMAND: 'echo PROMPT_COMMAND ran',
      SHELLOPTS: 'xtrace',
      IFS: 'x',
      HISTCHARS: '!^e',
      STTY: '; echo STTY ran',
      MODULE_PATH: '{folder}',
    },
    says: ['command not found: greet', 'axb', '[!^#]'],
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
