import type { BuildRecipe } from '../../src/target/contract.ts';
import type { OwnTests, Rebuild } from '../../src/target/scenario.ts';

/**
 * What automake and autoconf would make anew is newer than what it is made of, in that order: copies have the times of their
 * copying.
 */
const FRESH =
  'for made in aclocal.m4 configure config_h.in Makefile.in; do ' +
  'find . -name "$made" -exec touch {} +; sleep 1; done';

/** No autotools are run again. */
const NO_AUTOTOOLS = ['AUTOMAKE=:', 'ACLOCAL=:', 'AUTOCONF=:', 'AUTOHEADER=:'];

/** sed alone, without its manual and translations. */
const PARTS = ['make', ...NO_AUTOTOOLS, 'sed/sed'] as const;

/** How sed is configured and built: with the regular expressions of the C library, as Debian builds it. */
export const recipe: BuildRecipe = {
  configure: ['sh', '-c', `${FRESH}; exec ./configure "$@"`, 'configure', '--without-included-regex'],
  make: PARTS,
  binary: 'sed/sed',
  packages: ['gcc', 'make', 'libc6-dev'],
};

/** What makes the compiler say more. */
export const warnings = ['CFLAGS=-g -O2 -Wall -Wextra'];

/** No optimisation: each call is where the source has it, and no function is part of another. */
export const unoptimised = ['CFLAGS=-O0 -g'];

/** Functions of libraries that open files of their own, each with the reason why these are no code of sed's. */
export const libraryOpens: Readonly<Record<string, string>> = {};

/** What a test finds its files by: the tree is not where it was configured. */
const HERE = ['abs_srcdir', 'abs_top_srcdir', 'abs_builddir', 'abs_top_builddir'].map(
  (name) => `${name}={tree}`,
);

/** The tests of sed, without those of gnulib, as automake runs them; what it writes of each result is printed. */
const tested = (which: string): readonly [string, ...string[]] => [
  'sh',
  '-c',
  `make "$@" check-TESTS SUBDIRS=. ${which} >check.log 2>&1; ` +
    'for result in testsuite/*.trs; do echo "test ${result%.trs}"; cat "$result"; done',
  'make',
  ...NO_AUTOTOOLS,
  ...HERE,
];

/** Those that want a locale which is not installed, or another user than root, are skipped or fail, before and after. */
export const ownTests: OwnTests = {
  make: [...NO_AUTOTOOLS, 'all', 'SUBDIRS=.'],
  copy: [],
  folder: '.',
  command: tested(''),
  single: tested('TEST_LOGS={test}.log'),
  env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' },
  heading: /^test (\S+)$/,
  harmless: /^:(?:global-)?test-result: PASS$|^:(?:recheck|copy-in-global-log):|^$/,
  atLeast: 60,
  noise: [],
  timeout: 1_200_000,
  supervised: true,
};

/** A changed file is compiled, and the program linked again. */
export const rebuild: Rebuild = { commands: [[...PARTS, '-j2']] };
