import type { BuildRecipe } from '../../src/target/contract.ts';
import type { OwnTests, Rebuild } from '../../src/target/scenario.ts';

/** Build.sh takes CFLAGS from the environment, and knows no `-j`: what it is configured with is kept in a file. */
const CONFIGURE = `printf '%s\\n' "$@" >mayexec-options`;
const BUILD =
  'while read -r word; do case $word in *=*) export "$word" ;; esac; done <mayexec-options; exec sh Build.sh -r';

/** How mksh is built: by a script, which looks at the system and compiles in one go. */
export const recipe: BuildRecipe = {
  configure: ['sh', '-c', CONFIGURE, 'configure'],
  make: ['sh', '-c', BUILD, 'build'],
  binary: 'mksh',
  packages: ['gcc', 'libc6-dev'],
};

/** What makes the compiler say more; Build.sh has -Wall. */
export const warnings = ['CFLAGS=-g -O2 -Wall -Wextra'];

/** What check.pl has to know of the build: no legacy mode, numbers of 32 bits, no conversion of line ends, an old ed. */
const CATEGORIES = [
  'shell:legacy-no',
  'int:32',
  'shell:textmode-no',
  'shell:binmode-yes',
  'stdout-ed',
  'no-stderr-ed',
  'regress:no-ctty',
].join(',');

const check = (...words: readonly string[]): readonly string[] => [
  'perl',
  'check.pl',
  ...['-p', '{tree}/mksh', '-C', CATEGORIES, '-v', '-s', 'check.t'],
  ...words,
];

/** `test.sh`, without what looks for a perl; tests of a terminal are left out, and those that wait long. */
export const ownTests: OwnTests = {
  make: [],
  copy: [],
  folder: '.',
  command: check(),
  single: check('-t', '{test}'),
  env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
  heading: /^(?:pass|FAIL) \.?\/?check\.t:(\S+)$/,
  harmless: /^$|^pass |^Total (?:failed: 0|passed: \d+)$/,
  atLeast: 500,
  noise: [],
  timeout: 600_000,
};

/** What Build.sh leaves to compile all files again, without those that did not change, and the linking. */
const CHANGED = String.raw`sed 's/^.* -c \([a-z]*\)\.c || exit 1$/[ \1.o -nt \1.c ] || { &; }/' Rebuild.sh | sh`;

/** A changed file is compiled, and the shell linked again. */
export const rebuild: Rebuild = { commands: [['sh', '-c', CHANGED]] };

/** No optimisation: each call is where the source has it, and no function is part of another. */
export const unoptimised = ['CFLAGS=-O0 -g'];

/** Functions by which libraries open their own files when mksh calls them. */
export const libraryOpens: Readonly<Record<string, string>> = {};
