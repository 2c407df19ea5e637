import type { Language, NotShipped } from '../../src/target/contract.ts';

/** What a file is written in, by its name. */
export function language(file: string): Language | undefined {
  if (/\.(?:c|h|hpp)$/.test(file)) return 'c';
  return undefined;
}

/** What is in the tree and is not installed: nothing, all of `src` becomes lua, luac or the library. */
export const notShipped: readonly NotShipped[] = [];

/** Conditions of #if under which nothing is compiled in any build that is served: those of Windows. */
export const dead: readonly RegExp[] = [/^0$/, /(?<!!\()defined\(LUA_(?:DL_DLL|USE_WINDOWS)\)$/];
