import type { Language, Mask, NotShipped } from '../../src/target/contract.js';

/** C, in grammars and definitions of builtins too. */
export function language(file: string): Language | undefined {
  return /\.(?:c|h|y|def)$/.test(file) ? 'c' : undefined;
}

/** Sources that are not installed. */
export const notShipped: readonly NotShipped[] = [
  { files: /^examples\//, why: 'examples: loadables that a user builds by hand' },
  { files: /^tests\//, why: 'programs of the test suite' },
  {
    files: /^debian\//,
    why: "the distribution's packaging, clear_console among it: programs of their own",
  },
  { files: /^(?:support|cross-build|CWRU|po|doc)\//, why: 'tools of the build and of the maintainer' },
  { files: /^lib\/readline\/examples\//, why: "examples of readline's own" },
  { files: /^mksyntax\.c$/, why: 'writes a table while bash is being built' },
  { files: /^builtins\/(?:mkbuiltins|gen-helpfiles|psize)\.c$/, why: 'runs while bash is being built' },
  { files: /^lib\/(?:malloc\/xleaktrace|tilde\/.*test).*$/, why: 'a program for tests by hand' },
];

/** In a .def file the C code stands between documentation blocks that mkbuiltins turns into strings. */
export const masks: readonly Mask[] = [
  { files: /\.def$/, text: /^\$(?:PRODUCES|BUILTIN)\b[\s\S]*?^\$END$/, as: 'string' },
];

/** Branches that no build for Linux has. */
export const dead: readonly RegExp[] = [
  /^defined \((?:TEST|TESTING)\)$/,
  /^defined \(DEBUG\)$/,
  /^defined \((?:__CYGWIN__|MSDOS|_AIX|__MSDOS__)\)$/,
  /^(?:defined )?\(?(?:VMS|WIN32|_WIN32|_LIBC)\)?$/,
  /^0$/,
];
