import type { BuildRecipe } from '../../src/target/contract.ts';
import type { OwnTests, Rebuild } from '../../src/target/scenario.ts';

/**
 * How zsh is configured and built. Its modules are in the program, since a shell in its build tree finds none; it can
 * still load others. Where there is no terminal, configure has to be told how that would behave.
 */
export const recipe: BuildRecipe = {
  configure: [
    'sh',
    '-c',
    './configure --with-tcsetpgrp --enable-etcdir=/etc/zsh "$@" && ' +
      "sed -i '/^name=/s/ link=dynamic / link=static /' config.modules",
    'configure',
  ],
  make: ['make', '-C', 'Src'],
  binary: 'Src/zsh',
  packages: ['gcc', 'make', 'libc6-dev', 'libncurses-dev'],
};

/** zsh's own default is -O2 with two warnings. */
export const warnings = ['CFLAGS=-g -O2 -Wall -Wextra'];

/**
 * What zsh reads and runs: the language, builtins, modules and options. Not those that take seconds, whose marks of time
 * differ from run to run, those of jobs, line editing and completion, and those of parameters and patterns.
 */
const TESTS =
  'A02alias A07control B01cd B04read B05eval B06fc B07emulate B13whence C05debug D01prompt E02xtrace E03posix V04features ' +
  'W01history Z01is-at-least Z02zmathfunc Z03run-help';

/** Runs tests one after the other, as `make check` does. */
const run = (tests: string): readonly string[] => [
  'sh',
  '-c',
  `for test in ${tests}; do ../Src/zsh +Z -f ./ztst.zsh ./$test.ztst 2>&1; done`,
];

export const ownTests: OwnTests = {
  make: [],
  copy: [],
  folder: 'Test',
  command: run(TESTS),
  single: run('{test}'),
  env: { PATH: '/usr/local/bin:/usr/bin:/bin', ZTST_exe: '{tree}/Src/zsh', ZTST_srcdir: '.' },
  heading: /^\.\/([\w-]+)\.ztst: starting\.$/,
  harmless: /^(?:\.\/[\w-]+\.ztst: all tests successful\.)?$/,
  atLeast: 17,
  noise: [],
  timeout: 600_000,
};

/** A changed file is compiled, and the shell linked again. */
export const rebuild: Rebuild = { commands: [['make', '-C', 'Src', '-j2']] };

/** Why that build is made only with --all. */
export const unoptimisedRarely = 'a third build takes a minute; --all makes it';

/** No optimisation: each call is where the source has it, and no function is part of another. Unless told, zsh is stripped. */
export const unoptimised = ['CFLAGS=-O0 -g', 'LDFLAGS=-g'];

/** Functions by which libraries open their own files when zsh calls them. */
export const libraryOpens = {
  getlogin: 'who has logged in on this terminal',
  getpwuid: 'the list of users, and the file that says where it is',
  tgetent: 'the description of the terminal',
};
