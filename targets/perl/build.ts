import type { BuildRecipe } from '../../src/target/contract.ts';
import type { OwnTests, Rebuild, Variant } from '../../src/target/scenario.ts';

/** How perl is configured in every build. */
const configure = (...options: readonly string[]): readonly string[] => [
  ...['sh', 'Configure', '-des', ...options],
  ...['-Duserelocatableinc', '-Dman1dir=none', '-Dman3dir=none'],
];

/**
 * How perl is configured, built and installed within its tree. It is installed since an interpreter in its build tree
 * finds no module; it finds them beside itself wherever the tree is moved to. With threads, as distributions have it.
 */
export const recipe: BuildRecipe = {
  configure: configure('-Dusethreads'),
  make: ['make', 'all', 'install.perl', 'DESTDIR=installed'],
  binary: 'installed/usr/local/bin/perl',
  packages: ['gcc', 'make', 'libc6-dev'],
};

/** Perl's own default has -Wall and -Wextra. */
export const warnings: readonly string[] = [];

/** The tests of what opens code, and those that pin down how files are opened. */
const TESTS = [
  'run/script.t',
  'run/switches.t',
  'run/switchd.t',
  'run/switchx.t',
  'run/runenv.t',
  'run/cloexec.t',
  'run/fresh_perl.t',
  'comp/require.t',
  'comp/use.t',
  'op/require_errors.t',
  'op/inccode.t',
  'op/incfilter.t',
  'op/do.t',
  'io/perlio.t',
  'io/perlio_open.t',
  'io/layers.t',
  'io/data.t',
  '../lib/perl5db.t',
];

/** Those of the series. */
const ADDED = ['run/mayexec.t', 'run/mayexec_db.t', 'run/mayexec_no_file.t', 'run/mayexec_vars.t'];

/** What shows that a build of another kind opens code as it should. */
const SHORT = ['run/switches.t', 'comp/require.t', 'op/do.t', ...ADDED];

/** Those that hold perl's own files against each other: what is declared, documented and listed. */
const PORTING = ['manifest', 'regen', 'diag', 'args_assert', 'podcheck', 'exec-bit'].map(
  (name) => `porting/${name}.t`,
);

/** Runs a test; one that ends before it has said what is wrong says so by its status. */
const one = (test: string): string => `./perl -I../lib ${test} 2>&1 || echo "status $?"`;

/** Runs tests one after the other, under a heading each. */
const each = (tests: readonly string[]): string =>
  `for test in ${tests.join(' ')}; do [ -e $test ] || continue; echo "== $test"; ${one('$test')}; done`;

/** Each by itself, so that one that is run again prints what it printed. */
export const ownTests: OwnTests = {
  make: [],
  copy: ['perl'],
  folder: 't',
  command: ['sh', '-c', each([...TESTS, ...ADDED])],
  single: ['sh', '-c', one('{test}')],
  env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', PERL_CORE: '1' },
  // What perl's own tests call TODO is known to fail, in the stock perl as well.
  harmless: /^(?:ok\b.*|not ok \d+ .*# TODO.*|1\.\.\d+.*|#.*)?$/,
  heading: /^== (\S+\.t)$/,
  atLeast: TESTS.length,
  noise: [
    {
      find: /\btmp(?:_[A-Z]+_|\d+)[A-Z]+\b/g,
      put: 'tmpN',
      why: 'names of temporary files hold the number of the process',
    },
    { find: /\b0x[0-9a-f]{6,}\b/g, put: '0xN', why: 'addresses of objects' },
  ],
  timeout: 1_800_000,
  supervised: true,
};

/**
 * Other builds: perl's porting tests, no threads, C++, and options of the C that the series puts in (docs/helper.md).
 */
export const variants: readonly Variant[] = [
  {
    id: 'porting',
    what: 'porting tests, with threads',
    configure: recipe.configure,
    make: recipe.make,
    // What is installed within the tree is no part of it.
    tests: { command: ['sh', '-c', `rm -rf ../installed; ${each(PORTING)}`], atLeast: PORTING.length },
  },
  {
    id: 'no-threads',
    what: 'without threads',
    configure: configure(),
    make: ['make', 'all'],
    tests: {
      command: ['sh', '-c', each([...PORTING, 'comp/require.t', 'op/do.t', ...ADDED])],
      atLeast: PORTING.length + 4,
    },
  },
  {
    id: 'reports',
    what: 'with a log, and nothing refused',
    configure: configure(
      '-Dusethreads',
      '-Accflags=-DMAYEXEC_SYSLOG -DMAYEXEC_REPORT_ONLY -DMAYEXEC_CHECK_ALWAYS',
    ),
    make: ['make', 'all'],
    tests: { command: ['sh', '-c', each(SHORT)], atLeast: SHORT.length },
  },
  {
    id: 'cplusplus',
    what: 'compiled as C++',
    configure: configure('-Dusethreads', '-Dcc=g++'),
    make: ['make', 'all'],
    tests: { command: ['sh', '-c', each(SHORT)], atLeast: SHORT.length },
  },
  {
    id: 'strict',
    what: 'with the kernel asked about every file, whatever its policy',
    configure: configure('-Dusethreads', '-Accflags=-DMAYEXEC_STRICT -DMAYEXEC_RESTRICT_FILE'),
    // The perl that has been built is refused what it is built with further on, as docs/perl.md says.
    make: ['sh', '-c', 'make "$0" all || { chmod -R a+x lib pod/buildtoc Porting && make "$0" all; }'],
    tests: {
      command: [
        'sh',
        '-c',
        `chmod -R a+x . ../lib; MAYEXEC_POLICY=on; export MAYEXEC_POLICY; ${each(ADDED)}`,
      ],
      atLeast: ADDED.length,
    },
  },
];

/** A changed file is compiled, and what comes of it installed. What miniperl finds its modules by names the tree. */
export const rebuild: Rebuild = {
  commands: [
    ['rm', '-f', 'lib/buildcustomize.pl'],
    ['make', '-j2', 'perl'],
    ['cp', '-f', 'perl', 'installed/usr/local/bin/perl'],
    // The one file of the library that the series changes; the folder's name is the version.
    ['sh', '-c', 'cp -f lib/perl5db.pl installed/usr/local/lib/perl5/5.*.*/perl5db.pl'],
  ],
};

/** What is installed. */
export const prefix = 'installed/usr/local';

/** The library. */
export const ownCode = /^installed\/usr\/local\/lib\/perl5\/.*\.(?:pl|pm|al|ix)$/;

/** No optimisation: each call is where the source has it, and no function is part of another. */
export const unoptimised = ['-Doptimize=-O0 -g'];

/** Why that is built seldom. */
export const unoptimisedRarely = 'a third build takes minutes, and its stacks were not looked at yet';

/** What opens files of a library's own. */
export const libraryOpens = {};

/** The extension that loads others is made from the source for this system. */
export const copies = {
  'ext/DynaLoader/DynaLoader.c': 'ext/DynaLoader/dl_dlopen.xs',
  'ext/DynaLoader/DynaLoader.xs': 'ext/DynaLoader/dl_dlopen.xs',
};
