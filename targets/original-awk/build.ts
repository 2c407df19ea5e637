import type { BuildRecipe } from '../../src/target/contract.ts';
import type { OwnTests, Rebuild } from '../../src/target/scenario.ts';

/**
 * There is no configure: what the makefile is to be called with is kept in a file. With two jobs it runs bison twice at
 * a time.
 */
const CONFIGURE = `printf '%s\\n' "$@" >mayexec-options`;
const MAKE =
  'while read -r word; do [ -z "$word" ] || set -- "$@" "$word"; done <mayexec-options; exec make "$@" -j1';

/** How original-awk is built, by its makefile. */
export const recipe: BuildRecipe = {
  configure: ['sh', '-c', CONFIGURE, 'configure'],
  make: ['sh', '-c', MAKE, 'make'],
  binary: 'a.out',
  packages: ['bison', 'gcc', 'libc6-dev', 'make'],
};

/** What makes the compiler say more. */
export const warnings = ['CFLAGS=-g -O2 -Wall -Wextra'];

/** No optimisation: each call is where the source has it, and no function is part of another. */
export const unoptimised = ['CFLAGS=-O0 -g'];

/** Functions of libraries that open files of their own, each with the reason why these are no code of the interpreter's. */
export const libraryOpens: Readonly<Record<string, string>> = {};

/**
 * Its programs, and then what `make test` runs beside them, without the tests that measure time. The makefile has the
 * output of the programs compared with that of another awk; here it is printed.
 */
const TESTS = [
  'gcc echo.c -o echo',
  'for i in t.*; do echo "$i:"; $awk -f $i test.data 2>&1; done',
  'for i in p.? p.??*; do echo "$i:"; $awk -f $i test.countries test.countries 2>&1; done',
  'for i in T.*; do sh $i 2>&1; done',
  'cd ../bugs-fixed && sh REGRESS',
].join('\n');

export const ownTests: OwnTests = {
  make: [],
  copy: [],
  folder: 'testdir',
  command: ['sh', '-c', TESTS],
  single: ['sh', '-c', TESTS],
  env: { PATH: '.:/usr/local/bin:/usr/bin:/bin', awk: '../a.out', oldawk: 'awk' },
  heading: /^(?:=== )?([tpT]\.\S+?|\S+\.awk)(?::.*)?$/,
  harmless: /^$/,
  atLeast: 250,
  noise: [
    { find: /^-rwx.* (?=\S*a\.out$)/gm, put: '', why: 'a listing with the size and the day of the program' },
  ],
  timeout: 600_000,
  supervised: true,
};

/** A changed file is compiled, and the interpreter linked again. */
export const rebuild: Rebuild = { commands: [['sh', '-c', MAKE, 'make']] };
