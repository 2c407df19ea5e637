import type { BuildRecipe } from '../../src/target/contract.ts';
import type { OwnTests, Rebuild, Variant } from '../../src/target/scenario.ts';
import { applets } from './scenarios/applets.ts';
import { functions, hush } from './scenarios/hush.ts';
import { scenarios } from './scenarios/index.ts';

/**
 * What is built: both shells, and the other applets that read code, each with all of its features. The whole of busybox
 * takes several times as long, and opens no code beyond this.
 */
const APPLETS = ['ASH', 'HUSH', 'SH_IS_ASH', 'AWK', 'SED', 'VI', 'BC', 'DC'];

/** What these want of the rest: LFS, long options, line editing, and the usage of applets. */
const COMMON = [
  'LFS',
  'LONG_OPTS',
  'SHOW_USAGE',
  'FEATURE_VERBOSE_USAGE',
  'FEATURE_EDITING',
  'FEATURE_ALLOW_EXEC',
  'BUSYBOX',
];

/** The beginnings of names of features, which are as they are by default. */
const FEATURES =
  'ASH\\|HUSH\\|FEATURE_AWK\\|FEATURE_SED\\|FEATURE_VI\\|FEATURE_SH\\|FEATURE_EDITING\\|FEATURE_DC';

const names = [...COMMON, ...APPLETS].join('\\|');

/** What a shell does to configure a tree: a word of it that begins with CFLAGS= is for the compiler. */
const CONFIGURE = [
  'make allnoconfig >/dev/null || exit',
  `sed -i 's/^# CONFIG_\\(${names}\\) is not set$/CONFIG_\\1=y/; /CONFIG_\\(${FEATURES}\\)_.* is not set/d' .config`,
  `for word; do case $word in CFLAGS=*) sed -i "s|^CONFIG_EXTRA_CFLAGS=.*|CONFIG_EXTRA_CFLAGS=\\"\${word#CFLAGS=}\\"|" .config;; esac; done`,
  "yes '' | make oldconfig >/dev/null",
].join('\n');

/** How busybox is configured and built: nothing, and then these, whose features are as they are by default. */
export const recipe: BuildRecipe = {
  configure: ['sh', '-c', CONFIGURE, 'configure'],
  // With symbols, which tell where an open was called.
  make: ['make', '-j2', 'SKIP_STRIP=y'],
  binary: 'busybox',
  packages: ['gcc', 'libc6-dev', 'make'],
};

/** For processors without an MMU there is no ash. */
const WITHOUT_ASH = new Set([...hush, ...applets].map(({ id }) => id));

/** Other configurations. */
export const variants: readonly Variant[] = [
  {
    id: 'nommu',
    what: 'for processors without an MMU: hush executes itself for a subshell, and gives it functions by -F',
    configure: ['sh', '-c', CONFIGURE.replace(names, `NOMMU\\|${names}`), 'configure'],
    make: recipe.make,
    scenarios: {
      without: Object.fromEntries(
        scenarios
          .filter(({ id }) => !WITHOUT_ASH.has(id))
          .map(({ id }) => [id, 'ash needs an MMU, since it forks']),
      ),
      own: functions,
    },
  },
];

/** What makes the compiler say more. */
export const warnings = ['CFLAGS=-g -O2 -Wall -Wextra'];

export const unoptimisedRarely = 'a third build takes a minute; --all makes it';

/** No optimisation: each call is where the source has it, and no function is part of another. */
export const unoptimised = ['CFLAGS=-O0 -g'];

/** Functions of libraries that open files of their own, each with the reason why these are no code of the interpreter's. */
export const libraryOpens: Readonly<Record<string, string>> = {
  getpwuid: 'the list of users, and the file that says where it is',
};

/** The folders of tests of ash and hush that wait for no time and no signal. */
const PARTS = 'alias arith getopts glob heredoc invert parsing psubst quoting redir standalone vars';

const shellTests = (name: string): string =>
  `(cd ../shell/${name}_test && sh run-all ${PARTS.split(' ')
    .map((part) => `${name}-${part}`)
    .join(' ')})`;

/** Those of its tests that are about what reads code: of ash, hush, awk and sed. */
export const ownTests: OwnTests = {
  make: [],
  copy: [],
  folder: 'testsuite',
  command: ['sh', '-c', `./runtest awk sed; ${shellTests('ash')}; ${shellTests('hush')}`],
  single: ['sh', '-c', './runtest awk sed'],
  env: { PATH: '/usr/local/bin:/usr/bin:/bin', SKIP_KNOWN_BUGS: '1' },
  heading: /^(?:(?:PASS|FAIL|SKIPPED|UNTESTED): )?((?<=: ).+|\S+\/\S+\.tests(?=: ))/,
  harmless: /^$|^(?:PASS|SKIPPED|UNTESTED): |\.tests: ok$/,
  atLeast: 300,
  noise: [],
  timeout: 1_200_000,
};

/**
 * A changed file is compiled, and the interpreter linked again. The makefile takes the header of the configuration for too old
 * every time, and would compile half a dozen large files with it, which takes four times as long.
 */
export const rebuild: Rebuild = {
  commands: [['make', '-j2', 'SKIP_STRIP=y', '-o', '.config', '-o', 'include/autoconf.h']],
};
