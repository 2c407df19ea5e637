import { inShell, shell } from '../../../src/target/dialect.ts';
import type { Refusal, Scenario } from '../../../src/target/scenario.ts';
import { BUSYBOX, denied, inItsPlace } from './common.ts';

/** An applet that runs a program which -f names. */
interface Programs {
  readonly applet: 'awk' | 'sed';
  /** A program that prints `NAME ran`, if the input has a line. */
  readonly program: (name: string) => string;
  readonly refused: (name: string) => Refusal;
}

const awk: Programs = {
  applet: 'awk',
  program: (name) => `{ print "${name}", "ran" }\n`,
  refused: (name) => ({ says: [`awk: can't open '${name}': Permission denied`], status: 1 }),
};

const sed: Programs = {
  applet: 'sed',
  program: (name) => `s/.*/${name}=ran/; s/=/ /\n`,
  refused: (name) => ({ says: [`sed: ${name}: Permission denied`], status: 1 }),
};

/** What both applets do with a program. */
const programs = ({ applet, program, refused }: Programs): readonly Scenario[] => {
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
    argv: [BUSYBOX, applet, ...options, program('program'), 'records'],
    marked: [],
    plain: ['records'],
    says: ['program ran'],
    denied: denied('program text', 1, { never: ['program ran'] }),
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
      argv: [BUSYBOX, applet, '-f', file, '-e', program('program'), 'records'],
      marked: [file],
      placements: ['executable', 'plain'],
      says: [' ran'],
      denied: denied('program text', 1, { never: [' ran'] }),
    },
    {
      ...text('stdin', 'a program from a pipe that is the standard input'),
      argv: shell(`printf '%s' '${program('pipe')}' | ${inShell(applet, '-f', '-', 'records')}`),
      says: ['pipe ran'],
      denied: denied('standard input', 1, { never: ['pipe ran'] }),
    },
    {
      ...text('stdin-file', 'a program on the standard input, which is a file'),
      files: { [file]: program('script'), records },
      argv: inItsPlace(applet, '-f', '-', `records <${file}`),
      plain: [file, 'records'],
      says: ['script ran'],
      denied: denied('standard input', 1, { never: ['script ran'] }),
      passing: [file],
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
export const applets: readonly Scenario[] = [...programs(awk), ...exec, ...programs(sed), ...vi];
