import { inShell, shell } from '../../../src/target/dialect.ts';
import type { Scenario } from '../../../src/target/scenario.ts';
import { denied, hello, LUA, runs, trusted } from './common.ts';

/** Code that comes from no file. */
const code = (one: Omit<Scenario, 'marked' | 'plain' | 'files'> & Partial<Scenario>): Scenario => ({
  files: {},
  marked: [],
  plain: [],
  patch: 'commands',
  ...one,
});

/** Code on the command line. */
const text = (id: string, what: string, ...argv: readonly string[]): Scenario =>
  code({ id, what, argv: [LUA, ...argv], says: ['text ran'], denied: denied('(command line)') });

/** Code of a file that is the standard input, which has to pass where the interactive policy denies. */
const fromFile = (id: string, what: string, command: string, one: Partial<Scenario> = {}): Scenario =>
  code({
    id,
    what,
    files: { 'code.lua': hello('code') },
    argv: shell(command),
    plain: ['code.lua'],
    says: ['code ran'],
    denied: denied('stdin'),
    passing: ['code.lua'],
    ...one,
  });

/** What is typed at a prompt. */
const typed = (id: string, what: string, options: readonly string[], one: Partial<Scenario> = {}): Scenario =>
  code({
    id,
    what,
    argv: [LUA, ...options],
    typed: `${hello('prompt')}\u0004`,
    // Readline looks at its own files.
    traced: false,
    says: ['prompt ran'],
    denied: { ...denied('stdin'), never: ['prompt ran'] },
    ...one,
  });

/** Ways in for code that no file is opened for by name. */
export const entries: readonly Scenario[] = [
  text('text', '-e: code that is an argument', '-e', hello('text')),
  text('text-glued', '-eCODE, behind other options', '-W', '-v', `-e${hello('text')}`),
  code({
    id: 'text-second',
    what: 'two times -e: nothing of the first has run when it is denied',
    argv: [LUA, '-e', 'print("first" .. " ran")', '-e', hello('text')],
    says: ['first ran\ntext ran'],
    denied: { ...denied('(command line)'), never: ['ran'] },
  }),
  code({
    id: 'text-script',
    what: '-e before a script: the script does not run either',
    files: { 'script.lua': trusted(hello('script')) },
    argv: [LUA, '-e', hello('text'), 'script.lua'],
    marked: ['script.lua'],
    placements: ['executable', 'plain'],
    says: ['text ran\nscript ran'],
    denied: { ...denied('(command line)'), never: ['ran'] },
  }),
  fromFile(
    'stdin-none',
    'no argument: a program from a file that is the standard input',
    'exec "$0" <code.lua',
    {
      // As after any error of such a program.
      denied: { ...denied('stdin'), status: 0 },
    },
  ),
  fromFile(
    'stdin-dofile',
    'dofile without a name: a program of Lua has the standard input run',
    `exec ${runs('script.lua')} <code.lua`,
    {
      files: { 'script.lua': trusted('dofile()\n'), 'code.lua': hello('code') },
      marked: ['script.lua'],
      placements: ['executable', 'plain'],
    },
  ),
  fromFile(
    'stdin-loadfile',
    'loadfile without a name: the error is returned',
    `exec ${runs('script.lua')} <code.lua`,
    {
      files: {
        'script.lua': trusted(
          'local chunk, message = loadfile()\nif chunk then chunk() else print(message) end\n',
        ),
        'code.lua': hello('code'),
      },
      marked: ['script.lua'],
      placements: ['executable', 'plain'],
      denied: { ...denied('stdin'), status: 0 },
    },
  ),
  code({
    id: 'stdin-chunk',
    what: 'a precompiled chunk from a pipe that is the standard input',
    files: {
      'compile.lua': trusted('io.write(string.dump(load("print(\\"chunk\\" .. \\" ran\\")")))\n'),
    },
    argv: shell(`${runs('compile.lua')} | ${inShell('-')}`),
    marked: ['compile.lua'],
    placements: ['executable', 'plain'],
    says: ['chunk ran'],
    denied: denied('stdin'),
  }),
  code({
    id: 'stdin-rest',
    what: 'a program on the standard input that is the rest of an executable file: nobody vouches for a part',
    files: { 'script.lua': trusted(`read by the shell\n${hello('rest')}`) },
    argv: shell(`{ read line; exec ${inShell('-')}; } <script.lua`),
    plain: ['script.lua'],
    placements: ['executable', 'plain'],
    says: ['rest ran'],
    denied: denied('stdin'),
  }),
  code({
    id: 'stdin-rest-read',
    what: 'dofile of the rest of an executable file, whose first line the program has read',
    files: {
      'script.lua': trusted('io.read()\ndofile()\n'),
      'code.lua': trusted(`read by the program\n${hello('rest')}`),
    },
    argv: shell(`exec ${runs('script.lua')} <code.lua`),
    marked: ['script.lua'],
    plain: ['code.lua'],
    placements: ['executable', 'plain'],
    says: ['rest ran'],
    denied: denied('stdin'),
  }),
  typed('prompt', 'no argument on a terminal: the prompt', []),
  typed('prompt-option', '-i: the prompt behind a script, which has run', ['-i', 'script.lua'], {
    files: { 'script.lua': trusted(hello('script')) },
    marked: ['script.lua'],
    placements: ['executable', 'plain'],
    says: ['script ran', 'prompt ran'],
    denied: { says: ['script ran', ...denied('stdin').says], never: ['prompt ran'], status: 1 },
  }),
  code({
    id: 'prompt-pipe',
    what: '-i: the prompt reads a pipe',
    argv: shell(`echo 'print("prompt" .. " ran")' | ${inShell('-i')}`),
    traced: false,
    says: ['prompt ran'],
    denied: { ...denied('stdin'), never: ['prompt ran'] },
  }),
  code({
    id: 'prompt-file',
    what: '-i: the prompt reads a file, which may be executed: readline could change its lines',
    files: { 'code.lua': trusted(hello('code')) },
    argv: shell(`exec ${inShell('-i')} <code.lua`),
    plain: ['code.lua'],
    placements: ['executable', 'plain'],
    // Readline looks at its own files.
    traced: false,
    says: ['code ran'],
    denied: { ...denied('stdin'), never: ['code ran'] },
  }),
  code({
    id: 'prompt-keys',
    what: '-i: INPUTRC binds a key that an executable file has, and what it types is code of no file',
    files: { 'start.lua': trusted('local nothing\n'), keys: '"l": "print(\\"keys\\" .. \\" ran\\")\\n"\n' },
    argv: shell(`exec ${inShell('-i')} <start.lua`),
    env: { INPUTRC: '{folder}/keys' },
    plain: ['start.lua'],
    placements: ['executable', 'plain'],
    traced: false,
    says: ['keys ran'],
    denied: { ...denied('stdin'), never: ['keys ran'] },
  }),
  code({
    id: 'prompt-rest',
    what: '-i: the prompt reads the rest of an executable file',
    files: { 'code.lua': trusted(`read by the shell\n${hello('rest')}`) },
    argv: shell(`{ read line; exec ${inShell('-i')}; } <code.lua`),
    plain: ['code.lua'],
    placements: ['executable', 'plain'],
    traced: false,
    says: ['rest ran'],
    denied: { ...denied('stdin'), never: ['rest ran'] },
  }),
  typed('debug', 'debug.debug(): lines that are typed to a program', ['script.lua'], {
    files: { 'script.lua': trusted(`debug.debug()\n${hello('script')}`) },
    typed: `${hello('prompt')}cont\n`,
    marked: ['script.lua'],
    placements: ['executable', 'plain'],
    says: ['prompt ran', 'script ran'],
    denied: { ...denied('stdin'), never: ['prompt ran', 'script ran'] },
  }),
  fromFile('debug-file', 'debug.debug(): lines of a file', `exec ${runs('script.lua')} <code.lua`, {
    files: { 'script.lua': trusted('debug.debug()\n'), 'code.lua': hello('code') },
    marked: ['script.lua'],
    placements: ['executable', 'plain'],
  }),
  code({
    id: 'init',
    what: 'LUA_INIT: a statement in the environment',
    files: { 'script.lua': trusted(hello('script')) },
    argv: [LUA, 'script.lua'],
    env: { LUA_INIT: 'print("init" .. " ran")' },
    marked: ['script.lua'],
    placements: ['executable', 'plain'],
    says: ['init ran\nscript ran'],
    denied: { ...denied('LUA_INIT'), never: ['ran'] },
  }),
  code({
    id: 'init-version',
    what: 'LUA_INIT_5_4: the same, before LUA_INIT',
    files: { 'script.lua': trusted(hello('script')) },
    argv: [LUA, 'script.lua'],
    env: { LUA_INIT: '@nowhere', LUA_INIT_5_4: 'print("init" .. " ran")' },
    marked: ['script.lua'],
    placements: ['executable', 'plain'],
    says: ['init ran\nscript ran'],
    denied: { ...denied('LUA_INIT_5_4'), never: ['ran'] },
  }),
  {
    id: 'environment',
    what: 'other variables of the environment: none is code',
    files: {
      'script.lua': trusted('print(os.getenv("CODE"), _PROMPT, arg[1])\n'),
      'other.lua': hello('other'),
    },
    argv: [LUA, 'script.lua', 'print("argument")'],
    env: { CODE: 'print("code")', _PROMPT: 'print("prompt")', LUA_NOENV: '1', LUA: '{folder}/other.lua' },
    marked: ['script.lua'],
    plain: [],
    placements: ['executable', 'plain'],
    says: ['print("code")\tnil\tprint("argument")'],
    denied: 'runs',
  },
];
