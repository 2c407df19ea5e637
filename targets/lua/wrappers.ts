import type { Wrapper } from '../../src/target/contract.ts';

/** The function that opens what other files name to it: one verdict for the open in it is right for all callers. */
export const wrappers: readonly Wrapper[] = [
  {
    file: 'src/lauxlib.c',
    name: 'luaL_loadfilex',
    why: 'it compiles what it opens: lua, luac, dofile, loadfile, require, and programs with Lua inside call it to run that',
  },
];
