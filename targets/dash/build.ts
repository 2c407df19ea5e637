import type { BuildRecipe } from '../../src/target/contract.ts';
import type { NoTests, Rebuild, Variant } from '../../src/target/scenario.ts';

/** A state of the repository has no configure yet. */
const configure = (...options: readonly string[]): readonly string[] => [
  'sh',
  '-c',
  '[ -f configure ] || ./autogen.sh; exec ./configure "$@"',
  'configure',
  ...options,
];

/**
 * How dash is configured and built: with libedit, since that build has
 * all of the one without, and line editing, the history and fc besides.
 */
export const recipe: BuildRecipe = {
  configure: configure('--with-libedit'),
  make: ['make'],
  binary: 'src/dash',
  packages: ['gcc', 'make', 'libc6-dev', 'libedit-dev', 'autoconf', 'automake'],
};

/** dash's own default is -g -O2 -Wall. */
export const warnings = ['CFLAGS=-g -O2 -Wall -Wextra'];

/** What there is to run of its own: nothing. */
export const ownTests: NoTests = { none: 'its tree has no tests' };

/**
 * A changed file is compiled, and the shell linked again. The makefiles are those of the build: automake, for which a copy
 * has newer files, is called by a path of that build.
 */
export const rebuild: Rebuild = {
  commands: [['make', '-j2', 'AUTOMAKE=:', 'ACLOCAL=:', 'AUTOCONF=:', 'AUTOHEADER=:']],
};

const EDITED = 'it is about line editing, which this build has not';

/** Debian's configuration. */
export const variants: readonly Variant[] = [
  {
    id: 'without-libedit',
    what: 'without line editing and fc, as Debian builds it',
    configure: configure('--without-libedit'),
    make: recipe.make,
    scenarios: {
      without: { editrc: EDITED, 'editrc-home': EDITED, editor: EDITED, 'editor-default': EDITED },
    },
  },
];

/** No optimisation: each call is where the source has it, and no function is part of another. */
export const unoptimised = ['CFLAGS=-O0 -g'];

/** Functions by which libraries open their own files when dash calls them. */
export const libraryOpens = {
  el_init: 'the description of the terminal, which the library of line editing reads',
  getpwnam: 'the list of users, and the file that says where it is',
  setlocale: 'the tables of the locale',
  strerror: "the C library's own catalogue of messages",
};
