import { shell } from '../../../src/target/dialect.ts';
import type { Scenario } from '../../../src/target/scenario.ts';
import { denied, hello, LUA, refused } from './common.ts';

/** What luac, the compiler, does: it runs nothing, and reads what it compiles by the function that Lua reads code by. */
export const compiler: readonly Scenario[] = [
  {
    id: 'luac',
    what: 'luac: a file that is compiled and shown',
    files: { 'script.lua': hello('script') },
    argv: [LUA, '-l', 'script.lua'],
    marked: ['script.lua'],
    plain: [],
    says: ['main <script.lua:0,0>'],
    refused: refused('script.lua'),
  },
  {
    id: 'luac-output',
    what: 'luac -o: what it writes is opened as before',
    files: { 'script.lua': hello('script') },
    argv: [LUA, '-o', 'chunk', 'script.lua'],
    marked: ['script.lua'],
    plain: ['chunk'],
    says: [],
    refused: refused('script.lua'),
  },
  {
    id: 'luac-stdin',
    what: 'luac -: a program from a pipe that is the standard input',
    files: {},
    argv: shell(`echo 'print("pipe")' | "$0" -l -`),
    marked: [],
    plain: [],
    says: ['main <stdin:0,0>'],
    denied: denied('stdin'),
    patch: 'commands',
  },
];
