import { inShell, shell } from '../../../src/target/dialect.ts';
import type { Refusal, Scenario, ScenarioFile } from '../../../src/target/scenario.ts';
import { BUSYBOX, denied, inItsPlace } from './common.ts';

/** An applet that runs a program which -f names. */
interface Programs {
  readonly applet: 'awk' | 'sed';
  /** A program that prints `NAME ran`, if the input has a line. */
  readonly program: (name: string) => string;
  /** A program that prints the same, and is denied if it comes from no file. */
  readonly more: (name: string) => string;
  /** What that opens beside its input. */
  readonly opens: readonly string[];
  /** What is said of such a program, by where it is from. */
  readonly denied: Readonly<Record<'text' | 'input', string>>;
  readonly refused: (name: string) => Refusal;
}

const awkProgram = (name: string): string => `{ print "${name}", "ran" }\n`;

const awk: Programs = {
  applet: 'awk',
  program: awkProgram,
  more: awkProgram,
  opens: [],
  denied: { text: 'program text', input: 'standard input' },
  refused: (name) => ({ says: [`awk: can't open '${name}': Permission denied`], status: 1 }),
};

const sed: Programs = {
  applet: 'sed',
  program: (name) => `s/.*/${name}=ran/; s/=/ /\n`,
  // What only edits runs, wherever it is from.
  more: (name) => `s/.*/${name}=ran/; s/=/ /w written\n`,
  opens: ['written'],
  denied: { text: 'w', input: 'w' },
  refused: (name) => ({ says: [`sed: ${name}: Permission denied`], status: 1 }),
};

/** What both applets do with a program. */
const programs = ({ applet, program, more, opens, denied: says, refused }: Programs): readonly Scenario[] => {
  const file = `script.${applet}`;
  const records = { text: 'record\n', mode: 0o644 };
  const one = (id: string, what: string, ...options: readonly string[]): Scenario => ({
    id: `${applet}-${id}`,
    what: `${applet}: ${what}`,
    files: { [file]: program('script'), records },
    argv: [BUSYBOX, applet, ...options, 'records'],
    marked: [file],
    plain: ['records'],
    says: ['script ran'],
    refused: refused(file),
  });
  const text = (id: string, what: string, ...options: readonly string[]): Scenario => ({
    id: `${applet}-${id}`,
    what: `${applet}: ${what}`,
    files: { records },
    argv: [BUSYBOX, applet, ...options, more('program'), 'records'],
    marked: [],
    plain: ['records', ...opens],
    says: ['program ran'],
    denied: denied(says.text, 1, { never: ['program ran'] }),
    patch: 'commands',
  });
  const byName = (id: string, what: string, path: string, command: string): Scenario => ({
    ...one(id, what),
    argv: shell(command.replace('RUN', inShell(applet, '-f', path, 'records'))),
    marked: [],
    judged: [file],
    plain: [file, 'records'],
    system: new RegExp(`^${path}$`),
    refused: refused(path),
  });
  return [
    { ...one('file', 'a program file of -f', '-f', file), users: ['root', 'nobody'], denied: 'runs' },
    one('glued', 'a program file in the same word as -f', `-f${file}`),
    {
      ...one('second', 'the second of two program files: nothing of the first has run when it is refused'),
      files: {
        one: { text: applet === 'awk' ? program('one') : 's/^/one /\n', mode: 0o755 },
        [file]: program('script'),
        records,
      },
      argv: [BUSYBOX, applet, '-f', 'one', '-f', file, 'records'],
      marked: ['one', file],
      placements: ['executable', 'plain'],
      refused: { ...refused(file), never: ['one ', 'ran'] },
    },
    {
      ...one('line', 'an executable whose first line has -f'),
      files: {
        tool: { text: `#!/usr/bin/env -S ${BUSYBOX} ${applet} -f\n${program('tool')}`, mode: 0o755 },
        records,
      },
      argv: ['/bin/sh', '-c', './tool records'],
      marked: ['tool'],
      says: ['tool ran'],
      refused: refused('./tool'),
      placements: ['executable', 'plain'],
    },
    {
      ...one('link', 'a program file by a symbolic link: the file that it leads to is judged', '-f', 'link'),
      files: { [file]: program('script'), link: { link: file }, records },
      marked: ['link'],
      judged: [file],
      refused: refused('link'),
    },
    byName(
      'descriptor',
      'a program file by the name of an open descriptor',
      '/dev/fd/9',
      `exec RUN 9<${file}`,
    ),
    {
      ...one('pipe', 'a program from a pipe, by the name of its descriptor: no regular file, no code'),
      files: { records },
      argv: shell(`printf '%s' '${program('pipe')}' | ${inShell(applet, '-f', '/dev/fd/0', 'records')}`),
      marked: [],
      system: /^\/dev\/fd\/0$/,
      irregular: true,
      says: ['pipe ran'],
      refused: refused('/dev/fd/0'),
    },
    {
      ...one('missing', 'a program file that is nowhere: the error is as before', '-f', 'nowhere'),
      files: { records },
      marked: ['nowhere'],
      plain: [],
      says: ['No such file or directory'],
      status: 1,
      refused: refused('nowhere'),
    },
    text('text', 'a program that is an argument'),
    text('option', 'a program that is the argument of -e', '-e'),
    {
      ...text('both', 'a program file and the text of -e'),
      files: { [file]: { text: program('script'), mode: 0o755 }, records },
      argv: [BUSYBOX, applet, '-f', file, '-e', more('program'), 'records'],
      marked: [file],
      placements: ['executable', 'plain'],
      says: [' ran'],
      denied: denied(says.text, 1, { never: [' ran'] }),
    },
    {
      ...text('stdin', 'a program from a pipe that is the standard input'),
      argv: shell(`printf '%s' '${more('pipe')}' | ${inShell(applet, '-f', '-', 'records')}`),
      says: ['pipe ran'],
      denied: denied(says.input, 1, { never: ['pipe ran'] }),
    },
    {
      ...text('stdin-file', 'a program on the standard input, which is a file'),
      files: { [file]: more('script'), records },
      argv: inItsPlace(applet, '-f', '-', `records <${file}`),
      plain: [file, 'records', ...opens],
      says: ['script ran'],
      denied: denied(says.input, 1, { never: ['script ran'] }),
      passing: [file],
    },
    {
      ...text(
        'stdin-tail',
        'the end of an executable on the standard input, which the applet reads from where it is',
      ),
      files: { tool: { text: `a line that another program reads\n${more('tail')}`, mode: 0o755 }, records },
      argv: shell(`(read -r line; exec ${inShell(applet, '-f', '-', 'records')}) <tool`),
      plain: ['tool', 'records', ...opens],
      says: ['tail ran'],
      denied: denied(says.input, 1, { never: ['tail ran'] }),
    },
    {
      ...one(
        'records',
        'records from a pipe that is the standard input: data, which the interactive policy allows',
      ),
      files: { [file]: { text: program('script'), mode: 0o755 } },
      argv: shell(`echo record | ${inShell(applet, '-f', file)}`),
      plain: [],
      placements: ['executable', 'plain'],
      denied: 'runs',
    },
  ];
};

/** Awk's -E, after which nothing is an option. */
const exec: readonly Scenario[] = [
  {
    id: 'awk-exec',
    what: 'awk: the program file of -E',
    files: { 'script.awk': awk.program('script'), records: { text: 'record\n', mode: 0o644 } },
    argv: [BUSYBOX, 'awk', '-E', 'script.awk', 'records'],
    marked: ['script.awk'],
    plain: ['records'],
    where: 'awk-getopt',
    says: ['script ran'],
    refused: awk.refused('script.awk'),
    denied: 'runs',
  },
  {
    id: 'awk-exec-stdin',
    what: 'awk: -E with a program from a pipe that is the standard input',
    files: { records: { text: 'record\n', mode: 0o644 } },
    argv: shell(`printf '%s' '${awk.program('pipe')}' | ${inShell('awk', '-E', '-', 'records')}`),
    marked: [],
    plain: ['records'],
    where: 'awk-getopt',
    says: ['pipe ran'],
    denied: denied('standard input', 1, { never: ['pipe ran'] }),
    patch: 'commands',
  },
];

/** Prints one number that is no integer, by CONVFMT and by OFMT. */
const NUMBER: ScenarioFile = { text: '{ number = 65.5; print number "", number, "ran" }\n', mode: 0o755 };

const format = (id: string, what: string, ...words: readonly string[]): Scenario => ({
  id,
  what,
  files: { 'script.awk': NUMBER, records: { text: 'record\n', mode: 0o644 } },
  argv: [BUSYBOX, 'awk', ...words, 'records'],
  marked: ['script.awk'],
  plain: ['records'],
  placements: ['executable', 'plain'],
  says: [],
  refused: awk.refused('script.awk'),
  patch: 'commands',
});

/** Awk's formats of printf(3). Where `%c` shows a character, `%n` would write to memory. */
const formats: readonly Scenario[] = [
  {
    ...format(
      'awk-format',
      'awk: CONVFMT of -v is a format of printf',
      '-v',
      'CONVFMT=%cd',
      '-f',
      'script.awk',
    ),
    says: ['Ad 65.5 ran'],
    denied: denied('CONVFMT', 1, { never: ['ran'] }),
  },
  {
    ...format('awk-format-operand', 'awk: so is OFMT of an argument', '-f', 'script.awk', 'OFMT=%\\143d'),
    says: ['65.5 Ad ran'],
    denied: denied('OFMT', 1, { never: ['ran'] }),
  },
  {
    ...format(
      'awk-format-number',
      'awk: formats of numbers are no code',
      '-v',
      'CONVFMT=about %+08.3f',
      '-f',
      'script.awk',
      'OFMT=%%%d',
    ),
    says: ['about +065.500 %65 ran'],
    denied: 'runs',
  },
  {
    ...format(
      'awk-format-length',
      'awk: formats of numbers with l, which changes nothing there, and with separators of thousands',
      '-v',
      "CONVFMT=%'.2lf",
      '-f',
      'script.awk',
      'OFMT=%lg',
    ),
    says: ['65.50 65.5 ran'],
    denied: 'runs',
  },
  {
    ...format(
      'awk-format-empty',
      'awk: an empty format prints no number',
      '-v',
      'CONVFMT=',
      '-f',
      'script.awk',
    ),
    says: [' 65.5 ran'],
    denied: 'runs',
  },
];

/** A program of sed that is no file and only edits. */
const edits = (
  id: string,
  what: string,
  argv: readonly string[],
  rest: Partial<Scenario> = {},
): Scenario => ({
  id,
  what,
  files: { records: { text: 'record\n', mode: 0o644 } },
  argv,
  marked: [],
  plain: ['records'],
  says: ['an edited record'],
  denied: 'runs',
  ...rest,
});

const EDITS = 's/^/an edited /;h;x;/nowhere/!{y/abc/abc/}';

/** What sed does with programs from no file, by what is in them. */
const sedText: readonly Scenario[] = [
  edits('sed-edits', 'sed: a program that is an argument and only edits', [BUSYBOX, 'sed', EDITS, 'records']),
  edits(
    'sed-edits-stdin',
    'sed: a program from a pipe that only edits',
    shell(`printf '%s' '${EDITS}' | ${inShell('sed', '-f', '-', 'records')}`),
  ),
  edits(
    'sed-edits-file',
    'sed: a program that is an argument, and edits a file in its place',
    shell(`cp records own; ${inShell('sed', '-i', '-e', `'${EDITS}'`, 'own')}; cat own`),
    { plain: ['records', 'own', 'own*'] },
  ),
  edits(
    'sed-reads',
    'sed: a program that is an argument, and reads a file by the command r',
    [BUSYBOX, 'sed', 'r other', 'records'],
    {
      files: { records: { text: 'record\n', mode: 0o644 }, other: { text: 'other\n', mode: 0o644 } },
      plain: ['records', 'other'],
      says: ['record\nother\n'],
    },
  ),
  {
    ...edits('sed-never', 'sed: a command w at an address that no line has: the file is made all the same', [
      BUSYBOX,
      'sed',
      '7w written',
      'records',
    ]),
    plain: ['records', 'written'],
    says: ['record'],
    denied: denied('w', 1, { never: ['record'] }),
    patch: 'commands',
  },
  {
    id: 'sed-mixed',
    what: 'sed: text that only edits, before a program file that writes to one',
    files: {
      'script.sed': { text: '/^safe$/!d\ns/$/ ran/w written\n', mode: 0o755 },
      records: { text: 'safe\n', mode: 0o644 },
    },
    argv: [BUSYBOX, 'sed', '-e', 's/^//', '-f', 'script.sed', 'records'],
    marked: ['script.sed'],
    plain: ['records', 'written'],
    placements: ['executable'],
    says: ['safe ran'],
    denied: denied('w', 1, { never: ['safe'] }),
    patch: 'commands',
  },
  {
    id: 'sed-data',
    what: 'sed: a program file that writes to files',
    files: {
      'script.sed': { text: 's/record/line/w changed\nw written\n', mode: 0o755 },
      records: { text: 'record\n', mode: 0o644 },
    },
    argv: [BUSYBOX, 'sed', '-f', 'script.sed', 'records'],
    marked: ['script.sed'],
    plain: ['records', 'changed', 'written'],
    placements: ['executable', 'plain'],
    says: ['line'],
    refused: sed.refused('script.sed'),
    denied: 'runs',
  },
];

/** A command of vi whose effect `:set` shows; after `:!`, which runs any command, some releases of vi crash here. */
const COMMAND = 'set tabstop=29';

/** What a terminal answers that vi asks for its size; shows the effect, and ends vi. */
const SHOWS = '\u001b[24;80R:set\n:q!\n';

/** What vi runs when it starts. */
const vi: readonly Scenario[] = [
  {
    id: 'vi-exrc',
    what: 'vi: ~/.exrc; a refused one is skipped',
    files: { 'home/.exrc': `${COMMAND}\n`, text: { text: 'line\n', mode: 0o644 } },
    argv: [BUSYBOX, 'vi', 'text'],
    typed: SHOWS,
    marked: ['home/.exrc'],
    plain: ['text'],
    // vi asks for a file whose name is a null pointer, which the trace cannot place.
    traced: false,
    says: ['tabstop=29'],
    refused: { says: [], never: ['tabstop=29'], status: 0 },
  },
  {
    id: 'vi-exinit',
    what: 'vi: EXINIT holds commands',
    files: { text: { text: 'line\n', mode: 0o644 } },
    argv: [BUSYBOX, 'vi', 'text'],
    env: { EXINIT: COMMAND },
    typed: SHOWS,
    marked: [],
    plain: ['text'],
    // vi asks for a file whose name is a null pointer, which the trace cannot place.
    traced: false,
    says: ['tabstop=29'],
    denied: denied('warning: EXINIT', 0, { never: ['tabstop=29'] }),
    patch: 'commands',
  },
  {
    id: 'vi-command',
    what: 'vi: -c has commands',
    files: { text: { text: 'line\n', mode: 0o644 } },
    argv: [BUSYBOX, 'vi', '-c', COMMAND, 'text'],
    typed: SHOWS,
    marked: [],
    plain: ['text'],
    says: ['tabstop=29'],
    denied: denied('-c', 1, { never: ['tabstop=29'] }),
    patch: 'commands',
  },
];

/** What awk, sed and vi run. */
export const applets: readonly Scenario[] = [
  ...programs(awk),
  ...exec,
  ...formats,
  ...programs(sed),
  ...sedText,
  ...vi,
];
