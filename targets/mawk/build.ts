import type { BuildRecipe } from '../../src/target/contract.ts';
import type { OwnTests, Rebuild } from '../../src/target/scenario.ts';

/** How mawk is configured and built. */
export const recipe: BuildRecipe = {
  configure: ['./configure'],
  make: ['make'],
  binary: 'mawk',
  packages: ['gcc', 'make', 'libc6-dev'],
};

/** What makes the compiler say more. */
export const warnings = ['CFLAGS=-g -O2 -Wall -Wextra'];

/** No optimisation: each call is where the source has it, and no function is part of another. */
export const unoptimised = ['CFLAGS=-O0 -g'];

/** Functions by which the C library opens files of its own when mawk calls them. */
export const libraryOpens: Readonly<Record<string, string>> = {};

/** `make check`, without the make. Its parts cannot be run one by one. */
export const ownTests: OwnTests = {
  make: [],
  copy: [],
  folder: 'test',
  command: ['sh', '-c', './mawktest; ./fpe_test'],
  single: ['sh', '-c', './mawktest; ./fpe_test'],
  // The path of the tree would be part of the output.
  env: { PATH: '/usr/local/bin:/usr/bin:/bin', MAWK: '../mawk' },
  heading: /^testing (.+)$/,
  harmless: /OK$|^$/,
  atLeast: 9,
  noise: [],
  timeout: 1_200_000,
  supervised: true,
};

/** A changed file is compiled, and the interpreter linked again. */
export const rebuild: Rebuild = { commands: [['make', '-j2']] };
