import type { BuildRecipe } from '../../src/target/contract.ts';
import type { OwnTests, Rebuild } from '../../src/target/scenario.ts';

/**
 * What automake, autoconf and bison would make anew is newer than what it is made of, in that order: Debian's archive
 * lacks the manual, which automake looks for, and copies have the times of their copying.
 */
const FRESH =
  'for made in aclocal.m4 configure configh.in Makefile.in; do ' +
  'find . -name "$made" -exec touch {} +; sleep 1; done; touch awkgram.c command.c';

/** No autotools are run again. */
const NO_AUTOTOOLS = ['AUTOMAKE=:', 'ACLOCAL=:', 'AUTOCONF=:', 'AUTOHEADER=:'];

/** gawk alone, without its manual, translations, examples and extensions. */
const PARTS = ['sh', '-c', 'make -C support "$@" && exec make gawk "$@"', 'make', ...NO_AUTOTOOLS] as const;

/** How gawk is configured and built: with readline, for the debugger, as Debian builds it. */
export const recipe: BuildRecipe = {
  configure: ['sh', '-c', `${FRESH}; exec ./configure "$@"`, 'configure', '--without-mpfr'],
  make: PARTS,
  binary: 'gawk',
  packages: ['gcc', 'make', 'libc6-dev', 'libreadline-dev', 'bison'],
};

/** What makes the compiler say more. */
export const warnings = ['CFLAGS=-g -O2 -Wall -Wextra'];

/** No optimisation: each call is where the source has it, and no function is part of another. */
export const unoptimised = ['CFLAGS=-O0 -g'];

/** Functions of libraries that open files of their own, each with the reason why these are no code of gawk's. */
export const libraryOpens: Readonly<Record<string, string>> = {
  ctime: 'the time zone, for the date at the head of a profile',
  setlocale: 'the archive of locales',
  strerror: "the C library's own catalogue of messages",
};

/** Those groups of tests that a release has: there were none of persistent memory before it. */
const GROUPS =
  'for group in basic unix-tests gawk-extensions shlib-tests pma-tests machine-tests; do ' +
  'grep -q "^$group:" Makefile && set -- "$@" $group; done; exec make "$@"';

/**
 * The tests of gawk but for those that need locales or MPFR. They read program files, include others, load extensions, use
 * the debugger and persistent memory.
 */
export const ownTests: OwnTests = {
  make: ['-C', 'extension', ...NO_AUTOTOOLS],
  copy: [],
  folder: 'test',
  command: ['sh', '-c', GROUPS, 'make', ...NO_AUTOTOOLS],
  single: ['make', ...NO_AUTOTOOLS, '{test}'],
  env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' },
  // Each test says its name before it runs.
  heading: /^([a-z]\w*)$/,
  harmless: /^(?:\S+ is not compiled to support .*)?$/,
  atLeast: 450,
  noise: [],
  timeout: 1_200_000,
};

/** A changed file is compiled, and the interpreter linked again. */
export const rebuild: Rebuild = { commands: [[...PARTS, '-j2']] };
