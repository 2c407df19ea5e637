import type { Language, NotShipped } from '../../src/target/contract.ts';

/** What a file is written in, by its name. The grammars are C for the most part; what bison makes of them is left out below. */
export function language(file: string): Language | undefined {
  return /\.(?:c|h|y)$/.test(file) ? 'c' : undefined;
}

/** What is in the tree and is not installed, or is there twice. */
export const notShipped: readonly NotShipped[] = [
  { files: /^(?:awkgram|command)\.c$/, why: 'what bison makes of awkgram.y and command.y, which are read' },
  { files: /^(?:pc|vms|missing_d)\//, why: 'for other systems, or for what a C library lacks' },
  { files: /^test\//, why: 'tests' },
  { files: /^extension\/(?:testext|readdir_test)\.c$/, why: 'extensions for the tests' },
  { files: /^extension\/rwarray0\.c$/, why: 'an older rwarray.c, which no makefile compiles' },
  {
    files: /^(?:helpers|old-extension)\//,
    why: "programs and extensions that upstream's repository has for its developers; nothing compiles them",
  },
  { files: /^debian\//, why: "the distribution's packaging" },
];

/** Conditions of #if under which nothing is compiled in any build that is served. */
export const dead: readonly RegExp[] = [
  /^0$/,
  /^(?:defined ?\(?)?(?:VMS|__EMX__|__MINGW32__|_WIN32|__CYGWIN__|OS2|ZOS_USS|__MVS__)\)?$/,
];
