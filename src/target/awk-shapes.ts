import { inShell, INTERPRETER, refusedScript, shell, wordsOf } from './dialect.ts';
import type { Dialect } from './dialect.ts';
import type { Refusal, Scenario } from './scenario.ts';
import { exchangedScript } from './exchanged.ts';

/**
 * How an interpreter of AWK ends where the interactive policy denies the program, by where that comes from. The rest of a
 * file is what follows on the standard input when somebody has read the beginning of an executable file.
 */
export type AwkDenial = (
  what: 'program text' | 'standard input' | 'rest of a file' | `format of ${string}`,
) => Refusal;

/**
 * Scenarios that are the same for every interpreter of AWK but for its dialect.
 *
 * @param own the target's own scenarios: one of the same name is in the place of the shared one
 * @returns those that it does not have itself, beside those of `commonScenarios`
 */
export function awkScenarios(
  dialect: Dialect,
  denied: AwkDenial,
  own: readonly Scenario[],
): readonly Scenario[] {
  return [...programs(dialect), ...entries(dialect, denied), ...kept(dialect)].filter(
    ({ id }) => !own.some((one) => one.id === id),
  );
}

/** The program files: by the options that name them, and by their names. */
function programs(dialect: Dialect): readonly Scenario[] {
  const { hello } = dialect;
  const byOptions = (id: string, what: string, ...options: readonly string[]): Scenario => ({
    id,
    what,
    files: { 'script.awk': hello('script') },
    argv: [INTERPRETER, ...options],
    marked: ['script.awk'],
    plain: [],
    says: ['script ran'],
    refused: refusedScript(dialect, 'script.awk'),
  });
  return [
    byOptions('script-glued', 'a program file in the same word as -f', '-fscript.awk'),
    byOptions(
      'script-options',
      'a program file behind other options',
      '-F:',
      '-v',
      'a=1',
      '-f',
      'script.awk',
      '--',
    ),
    {
      id: 'second',
      what: 'the second of two program files: nothing of the first has run when it is refused',
      files: { 'one.awk': { text: hello('one'), mode: 0o755 }, 'two.awk': hello('two') },
      argv: [INTERPRETER, '-f', 'one.awk', '-f', 'two.awk'],
      marked: ['one.awk', 'two.awk'],
      plain: [],
      says: ['one ran', 'two ran'],
      refused: { ...refusedScript(dialect, 'two.awk'), never: ['one ran', 'two ran'] },
      // Not on a noexec mount, where the first would be refused.
      placements: ['executable', 'plain'],
    },
    {
      id: 'pipe',
      what: 'a program from a pipe, by the name of its descriptor: no regular file, no code',
      files: {},
      argv: shell(`echo 'BEGIN { print "pipe", "ran" }' | ${runs('/dev/fd/0')}`),
      marked: [],
      plain: [],
      system: /^\/dev\/fd\/0$/,
      irregular: true,
      says: ['pipe ran'],
      refused: refusedScript(dialect, '/dev/fd/0'),
    },
    {
      id: 'inner-script',
      what: 'a program that starts another by system(): each process asks for itself',
      files: {
        'outer.awk': {
          text: 'BEGIN { system(ENVIRON["INNER"] " -f inner.awk"); print "outer ran" }\n',
          mode: 0o755,
        },
        'inner.awk': hello('inner'),
      },
      argv: [INTERPRETER, '-f', 'outer.awk'],
      env: { INNER: INTERPRETER },
      marked: ['outer.awk', 'inner.awk'],
      plain: [],
      // A noexec mount would refuse the outer one as well.
      placements: ['executable', 'plain'],
      says: ['inner ran\nouter ran'],
      refused: { says: [...dialect.refused('inner.awk'), 'outer ran'], never: ['inner ran'], status: 0 },
    },
    {
      id: 'rename-race',
      what: 'a file that is exchanged while it is opened: what is opened is what is judged',
      files: {
        trusted: { text: hello('trusted'), mode: 0o755 },
        other: hello('other'),
        'race.sh': {
          mode: 0o755,
          text: exchangedScript('"$RUN" -f tool'),
        },
      },
      argv: ['/bin/sh', 'race.sh'],
      env: { RUN: INTERPRETER },
      marked: [],
      judged: ['other'],
      plain: [],
      placements: ['executable', 'plain'],
      traced: false,
      says: ['trusted 1 other 1'],
      refused: { says: ['trusted 1 other 0'], status: 0 },
    },
    {
      id: 'old-kernel',
      what: 'a kernel without the flag is asked once, and program files are opened as before',
      files: { 'one.awk': hello('one'), 'two.awk': hello('two') },
      argv: [INTERPRETER, '-f', 'one.awk', '-f', 'two.awk'],
      kernel: 'none',
      marked: [],
      plain: ['one.awk', 'two.awk'],
      says: ['one ran\ntwo ran'],
    },
  ];
}

/** Programs that come from no file, and records that come the same way. */
function entries(dialect: Dialect, denied: AwkDenial): readonly Scenario[] {
  const { hello } = dialect;
  const optional = dialect.denied && { patch: dialect.denied.patch };
  const text = (id: string, what: string, ...options: readonly string[]): Scenario => ({
    id,
    what,
    files: {},
    argv: [INTERPRETER, ...options, hello('program')],
    marked: [],
    plain: [],
    says: ['program ran'],
    denied: denied('program text'),
    ...optional,
  });
  return [
    text('program', 'a program that is an argument'),
    text('program-options', 'a program that is an argument, behind options', '-F:', '-v', 'a=1', '--'),
    {
      id: 'stdin-second',
      what: 'a program on the standard input behind a program file: nothing of the file has run when it is denied',
      files: { 'one.awk': { text: hello('one'), mode: 0o755 } },
      argv: shell(
        `echo 'BEGIN { print "two", "ran" }' | ${inShell('-f', 'one.awk', ...wordsOf(dialect).input)}`,
      ),
      marked: ['one.awk'],
      plain: [],
      placements: ['executable', 'plain'],
      says: ['one ran\ntwo ran'],
      denied: { ...denied('standard input'), never: ['one ran', 'two ran'] },
      ...optional,
    },
    {
      id: 'stdin-rest',
      what: 'a program on the standard input that is the rest of an executable file: nobody vouches for a part',
      files: { 'script.awk': { text: `read by the shell\n${hello('rest')}`, mode: 0o755 } },
      argv: shell(`{ read line; exec ${inShell(...wordsOf(dialect).input)}; } <script.awk`),
      marked: [],
      plain: ['script.awk'],
      placements: ['executable', 'plain'],
      says: ['rest ran'],
      denied: denied('rest of a file'),
      ...optional,
    },
    {
      id: 'records-from-stdin',
      what: 'records from a pipe that is the standard input: data, which the interactive policy allows',
      files: { 'script.awk': { text: '{ print $1, "read" }\n', mode: 0o755 } },
      argv: shell(`echo record | ${runs('script.awk')}`),
      marked: ['script.awk'],
      plain: [],
      placements: ['executable', 'plain'],
      says: ['record read'],
      denied: 'runs',
    },
  ];
}

/** What must go on under every policy: data, terminals, and trusted programs in unusual places. */
function kept(dialect: Dialect): readonly Scenario[] {
  const { hello } = dialect;
  return [
    {
      id: 'data',
      what: 'files of records, getline and output: opened as before',
      files: {
        'script.awk': {
          text: '{ print; getline line < "other"; print line; print "out" > "written"; print "more" >> "added" }\n',
          mode: 0o755,
        },
        records: { text: 'record\n', mode: 0o644 },
        other: { text: 'line\n', mode: 0o644 },
      },
      argv: [INTERPRETER, '-f', 'script.awk', 'records'],
      marked: ['script.awk'],
      plain: ['records', 'other', 'written', 'added'],
      says: ['record\nline'],
    },
    {
      id: 'commands',
      what: 'commands of system() and pipes: the shell runs them, as the program says',
      files: {
        'script.awk': {
          text: 'BEGIN { system("echo one"); "echo two" | getline x; print x; print "three" | "cat" }\n',
          mode: 0o755,
        },
      },
      argv: [INTERPRETER, '-f', 'script.awk'],
      marked: ['script.awk'],
      plain: [],
      says: ['one\ntwo\nthree'],
      denied: 'runs',
      placements: ['executable', 'plain'],
    },
    {
      id: 'no-evaluation',
      what: 'data that looks like code: assignments, records and patterns are not evaluated',
      files: {
        'script.awk': {
          text: '{ print a, b, $0; matches = ($0 ~ $0) } END { if ((getline x < "ran") < 0) print "nothing ran" }\n',
          mode: 0o755,
        },
        records: { text: 'system("echo >ran")\n', mode: 0o644 },
      },
      argv: [INTERPRETER, '-f', 'script.awk', 'a=system("echo >ran")', 'b=@include "x"', 'records'],
      marked: ['script.awk'],
      plain: ['records', 'ran'],
      says: ['system("echo >ran") @include "x" system("echo >ran")\nnothing ran\n'],
    },
    {
      id: 'terminal',
      what: 'records that are typed on a terminal',
      files: { 'script.awk': { text: '{ print "got", $1 + 1 }\n', mode: 0o755 } },
      argv: [INTERPRETER, '-f', 'script.awk'],
      typed: '41\n\u0004',
      marked: ['script.awk'],
      plain: [],
      says: ['got 42'],
      placements: ['executable', 'plain'],
      denied: 'runs',
    },
    {
      id: 'many-files',
      what: '500 program files, with few descriptors',
      files: {
        'make.sh': {
          mode: 0o755,
          text: [
            'one=0; set --; while [ $one -lt 500 ]; do echo "BEGIN { count++ }" >"lib$one"; set -- "$@" -f "lib$one"; : $((one += 1)); done',
            'echo "BEGIN { print count, \\"read\\" }" >print; chmod 755 lib* print',
            'ulimit -n 16; exec "$RUN" "$@" -f print',
            '',
          ].join('\n'),
        },
      },
      argv: ['/bin/sh', 'make.sh'],
      env: { RUN: INTERPRETER },
      marked: ['lib*', 'print'],
      plain: [],
      // The trace of it is long, and shows nothing that others do not.
      traced: false,
      says: ['500 read'],
    },
    {
      id: 'few-descriptors',
      what: 'a program file where only a few descriptors may be open',
      files: { 'script.awk': hello('script') },
      argv: shell(`ulimit -n 5; exec ${runs('script.awk')}`),
      marked: ['script.awk'],
      plain: [],
      says: ['script ran'],
      refused: refusedScript(dialect, 'script.awk'),
    },
    {
      id: 'closed-input',
      what: 'a program file that becomes descriptor 0, since the standard input is closed',
      files: { 'script.awk': hello('script') },
      argv: shell(`exec ${runs('script.awk')} <&-`),
      marked: ['script.awk'],
      plain: [],
      says: ['script ran'],
      refused: refusedScript(dialect, 'script.awk'),
      denied: 'runs',
    },
    {
      id: 'long-script',
      what: 'a program file of more than is read at a time, without a last newline',
      files: {
        'script.awk': `${'# a line that does nothing\n'.repeat(1000)}BEGIN { print "script", "ran"; getline line < "script.awk"; print line }`,
      },
      argv: [INTERPRETER, '-f', 'script.awk'],
      marked: ['script.awk'],
      plain: ['script.awk'],
      says: ['script ran\n# a line'],
      refused: refusedScript(dialect, 'script.awk'),
    },
  ];
}

/** The command of a shell that has the interpreter run a program file. */
function runs(path: string): string {
  return inShell('-f', path);
}

/**
 * A program of AWK that is an argument.
 *
 * @param options what is before it
 */
export function programText(
  { dialect: { hello }, denied }: { readonly dialect: Dialect; readonly denied: AwkDenial },
  id: string,
  what: string,
  ...options: readonly string[]
): Scenario {
  return {
    id,
    what,
    files: {},
    argv: [INTERPRETER, ...options, hello('program')],
    marked: [],
    plain: [],
    says: ['program ran'],
    denied: denied('program text'),
    patch: 'commands',
  };
}

/**
 * A trusted program that makes a string of a number, and prints one: what formats on the command line do.
 *
 * @param options assignments by `-v`
 * @param operands assignments before the file of records
 */
export function printedNumber(
  options: readonly string[],
  ...operands: readonly string[]
): Omit<Scenario, 'id' | 'what'> {
  return {
    files: {
      'script.awk': { text: '{ print $1 / 2 "", $1 / 2 }\n', mode: 0o755 },
      records: { text: '7\n', mode: 0o644 },
    },
    argv: [INTERPRETER, ...options, '-f', 'script.awk', ...operands, 'records'],
    marked: ['script.awk'],
    plain: ['records'],
    placements: ['executable', 'plain'],
    says: [],
  };
}
