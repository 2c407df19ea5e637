import type { Entry } from '../../src/target/contract.ts';

/** Ways in for code that no file is opened for by name. */
export const entries: readonly Entry[] = [
  {
    id: 'lua/-e',
    kind: 'snippet',
    verdict: 'refuse-when-denied',
    why: 'the argument of -e is compiled and run',
    patch: 'commands',
  },
  {
    id: 'lua/stdin',
    kind: 'stdin',
    verdict: 'check-descriptor',
    why: 'a program from the standard input: -, no argument, and dofile and loadfile without a name',
    patch: 'commands',
  },
  {
    id: 'lua/prompt',
    kind: 'interactive',
    verdict: 'refuse-when-denied',
    why: 'lines of the prompt (-i, or no argument on a terminal), typed or from the standard input: readline changes also those of a file, by INPUTRC and by completion',
    patch: 'commands',
  },
  {
    id: 'lua/debug',
    kind: 'interactive',
    verdict: 'check-descriptor',
    why: 'debug.debug() of a program runs lines of the standard input',
    patch: 'commands',
  },
  {
    id: 'lua/init',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'LUA_INIT_5_4 or LUA_INIT is code, unless it begins with @',
    patch: 'commands',
  },
  {
    id: 'lua/paths',
    kind: 'environment',
    verdict: 'files-only',
    why: 'LUA_PATH and LUA_CPATH, also with _5_4 behind, say where require looks for modules: each file of Lua that it finds is opened as code',
  },
  {
    id: 'lua/libraries',
    kind: 'environment',
    verdict: 'files-only',
    why: 'LD_PRELOAD and LD_LIBRARY_PATH name objects: ld.so opens them; a noexec mount stops it, but a missing execute permission does not',
    open: 'the dynamic linker opens them, before Lua can ask',
  },
];
