import type { Bundled, Language, Mask, NotShipped } from '../../src/target/contract.ts';

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
    why: "the distribution's packaging, with clear_console: separate programs",
  },
  { files: /^(?:support|cross-build|CWRU|po|doc)\//, why: 'tools of the build and of the maintainer' },
  { files: /^lib\/readline\/examples\//, why: 'examples of readline' },
  { files: /^mksyntax\.c$/, why: 'writes a table during the build of bash' },
  { files: /^builtins\/(?:mkbuiltins|gen-helpfiles|psize)\.c$/, why: 'runs during the build of bash' },
  { files: /^lib\/(?:malloc\/xleaktrace|tilde\/.*test).*$/, why: 'a program for tests by hand' },
];

/** What distributions take out of the tree, and build against their own. */
export const bundled: readonly Bundled[] = [
  {
    what: 'readline',
    files: 'lib/readline/**',
    says: "the system's library opens inputrc files, what they include and `bind -f`; the series does not cover them",
    capability: 'bundled-readline',
    library: 'libreadline.so',
  },
  {
    what: 'termcap',
    files: 'lib/termcap/**',
    says: "the system's library reads descriptions of terminals, which are not code",
  },
];

/** In a .def file the C code is between documentation blocks that mkbuiltins turns into strings. */
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
