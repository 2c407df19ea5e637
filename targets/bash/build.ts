import type { BuildRecipe } from '../../src/target/contract.ts';
import type { OwnTests, Rebuild } from '../../src/target/scenario.ts';

/** How bash is configured and built. */
export const recipe: BuildRecipe = {
  configure: ['./configure'],
  make: ['make'],
  binary: 'bash',
  packages: ['gcc', 'make', 'bison', 'libc6-dev'],
  also: [
    {
      where: '!bundled-readline',
      configure: ['--with-installed-readline'],
      packages: ['libreadline-dev'],
    },
  ],
};

/** Bash's own default is -g -O2 with two warnings switched off: too little to notice a new one. */
export const warnings = ['CFLAGS=-g -O2 -Wall -Wextra'];

/** `make tests`, without the make: the tests' folder, PATH and three variables. */
export const ownTests: OwnTests = {
  make: ['recho', 'zecho', 'printenv', 'xcase'],
  copy: ['recho', 'zecho', 'printenv', 'xcase'],
  folder: 'tests',
  command: ['sh', 'run-all'],
  single: ['sh', '{test}'],
  env: {
    PATH: '{tree}/tests:/usr/local/bin:/usr/bin:/bin',
    THIS_SH: '{tree}/bash',
    BUILD_DIR: '{tree}',
    // run-all chooses another one; a test alone needs one too.
    BASH_TSTOUT: '/tmp/bashtst-0',
  },
  heading: /^(run-\S+)$/,
  // "Any output from any test, unless otherwise noted, indicates a possible anomaly": noted as a warning, that is.
  harmless: /^(?:warning:.*)?$/,
  atLeast: 80,
  noise: [
    {
      find: /\b(bashtst-)\d+/g,
      put: '$1N',
      why: 'the name of the output file has a random number',
    },
  ],
  timeout: 1_200_000,
};

/** A changed file is compiled, and the shell linked again; the makefiles name the folder that they were made for. */
export const rebuild: Rebuild = { commands: [['make', '-j2', 'BUILD_DIR={tree}']] };

/** No optimisation: each call is where the source has it, and no function is part of another. */
export const unoptimised = ['CFLAGS=-O0 -g'];

/** Functions by which the C library and the terminal's library open files of their own when bash calls them. */
export const libraryOpens = {
  dgettext: 'a message catalogue; that what it says is expanded is the entry bash/translations',
  getpwuid: 'the list of users, and the file that says where it is',
  gettext: 'catalogues of messages: read as data, and what comes of that is among the limits of the series',
  setlocale: "tables of the locale's characters and texts",
  strerror: "the C library's own catalogue of messages",
  tgetent: 'what the terminal can do',
};
