import type { BuildRecipe } from '../../src/target/contract.ts';
import type { NoTests, Rebuild, Variant } from '../../src/target/scenario.ts';
import { compiler } from './scenarios/compiler.ts';
import { scenarios } from './scenarios/index.ts';

/** There is no configure: what make is to be called with is kept in a file. */
const CONFIGURE = `printf '%s\\n' "$@" >mayexec-options`;
const MAKE =
  'while read -r word; do [ -z "$word" ] || set -- "$@" "$word"; done <mayexec-options; exec make "$@"';

/** How Lua is built: with readline and C modules, as Debian builds it. */
export const recipe: BuildRecipe = {
  configure: ['sh', '-c', CONFIGURE, 'configure'],
  make: ['sh', '-c', MAKE, 'make', 'linux-readline'],
  binary: 'src/lua',
  packages: ['gcc', 'libc6-dev', 'libreadline-dev', 'make'],
};

/** What makes the compiler say more: CFLAGS of the makefile has -Wall and -Wextra. */
export const warnings = ['MYCFLAGS=-g'];

/** No optimisation: each call is where the source has it, and no function is part of another. */
export const unoptimised = ['MYCFLAGS=-O0 -g'];

/** Functions of libraries that open files of their own, each with the reason why these are no code of Lua's. */
export const libraryOpens: Readonly<Record<string, string>> = {};

/** Lua's tests have an archive of their own. */
export const ownTests: NoTests = {
  none: "the tree has no tests: `make test' prints the version, and the test suite is another archive (lua-5.4.x-tests)",
};

/** Other configurations. */
export const variants: readonly Variant[] = [
  {
    id: 'luac',
    what: 'the compiler, which opens what it compiles by the same function',
    configure: recipe.configure,
    make: recipe.make,
    binary: 'src/luac',
    scenarios: {
      without: Object.fromEntries(scenarios.map(({ id }) => [id, 'luac runs nothing'])),
      own: compiler,
    },
  },
  {
    id: 'without-readline',
    what: 'without readline: the prompt reads lines with fgets',
    configure: recipe.configure,
    make: ['sh', '-c', MAKE, 'make', 'linux'],
    scenarios: { without: { 'prompt-keys': 'nothing reads INPUTRC' } },
  },
  {
    id: 'c++',
    what: 'compiled as C++, as Debian does for the library liblua5.4-c++',
    configure: [...recipe.configure, 'CC=g++'],
    make: recipe.make,
    scenarios: { without: {} },
  },
];

/** A changed file is compiled, and the interpreter linked again. */
export const rebuild: Rebuild = { commands: [['sh', '-c', MAKE, 'make', 'linux-readline', '-j2']] };
