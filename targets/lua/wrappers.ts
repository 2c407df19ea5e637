import type { Wrapper } from '../../src/target/contract.ts';

/** The functions that open what other files name to them: one verdict for the open in each is right for all callers. */
export const wrappers: readonly Wrapper[] = [
  {
    file: 'src/lauxlib.c',
    name: 'luaL_loadfilex',
    why: 'it compiles what it opens: lua, luac, dofile, loadfile, require, and programs with Lua inside call it to run that',
  },
  {
    file: 'src/lauxlib.h',
    name: 'luaL_loadfile',
    why: 'a macro that calls luaL_loadfilex',
  },
];
