import type { BuildRecipe } from '../../src/target/contract.ts';
import { formatTests, FORMAT_TESTS, SANITIZED, UNSAFE, USUAL } from '../../src/target/awk-formats.ts';
import type { OwnTests, Rebuild, Variant } from '../../src/target/scenario.ts';

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

/** Formats that people give mawk, and that it takes. */
const TAKEN = [...USUAL, ...["%'.2f", '%-10.3f|', '%+08.2e']];

/** Formats that do more than print a number, or more than there is room for. */
const REFUSED = [...UNSAFE, ...['%100d', '%.100f', '%0100f', `${'t'.repeat(98)}%f`]];

/** Other configurations. */
export const variants: readonly Variant[] = [
  {
    id: 'sanitized',
    what: 'every format of the command line that is taken where code from no file is denied, with sanitizers',
    configure: recipe.configure,
    // What it builds to run while it is built has the sanitizers too, and frees nothing.
    make: [
      ...['sh', '-c', 'ASAN_OPTIONS=detect_leaks=0 exec make "$@"', 'make'],
      `CFLAGS=${SANITIZED} -DMAYEXEC_DENY_INTERACTIVE`,
    ],
    tests: {
      command: [
        'sh',
        '-c',
        formatTests({
          interpreter: '../mawk',
          heading: (name) => `testing ${name}`,
          refusal: 'cannot execute format of ',
          most: 99,
          taken: TAKEN,
          refused: REFUSED,
        }),
      ],
      atLeast: FORMAT_TESTS,
    },
  },
];

/** A changed file is compiled, and the interpreter linked again. */
export const rebuild: Rebuild = { commands: [['make', '-j2']] };
