import type { BuildRecipe } from '../../src/target/contract.ts';
import type { OwnTests, Rebuild } from '../../src/target/scenario.ts';

/**
 * How CPython is configured, built and installed within its tree. What is installed is what runs: an interpreter that
 * is started in its build tree takes the modules of start-up from Lib, an installed one has them frozen into it. It
 * finds its library beside itself, wherever the tree is moved to.
 */
export const recipe: BuildRecipe = {
  configure: ['./configure', '--with-ensurepip=no'],
  make: ['make', 'all', 'install', 'DESTDIR=installed'],
  binary: 'installed/usr/local/bin/python{series}',
  packages: [
    'gcc',
    'make',
    'libc6-dev',
    'libbz2-dev',
    'libffi-dev',
    'liblzma-dev',
    'libncurses-dev',
    'libreadline-dev',
    'libsqlite3-dev',
    'libssl-dev',
    'tk-dev',
    'uuid-dev',
    'zlib1g-dev',
  ],
};

/** CPython's own default has -Wall and -Wextra. */
export const warnings: readonly string[] = [];

/** The tests that pin down how files are opened, and those of what opens code. */
const TESTS = [
  'test_io',
  'test_fileio',
  'test_importlib',
  'test_import',
  'test_imp',
  'test_zipimport',
  'test_zipimport_support',
  'test_runpy',
  'test_cmd_line',
  'test_cmd_line_script',
  'test_repl',
  'test_pyrepl',
  'test_audit',
  'test_embed',
  'test_getpath',
  'test_site',
  'test_sysconfig',
  'test_venv',
  'test_ensurepip',
  'test_pdb',
  'test_profile',
  'test_cprofile',
  'test_trace',
  'test_optparse',
  'test_doctest',
  'test_idle',
  'test_pkgutil',
  'test_py_compile',
  'test_compileall',
  'test_modulefinder',
  'test_tokenize',
  'test_asyncio',
  'test_frozen',
  'test_eintr',
  'test_file_eintr',
];

/** Each by itself, so that one that is run again prints what it printed. */
export const ownTests: OwnTests = {
  make: [],
  copy: [],
  folder: '.',
  command: [
    'sh',
    '-c',
    // The last is there where the series has added it.
    `for test in ${TESTS.join(' ')} test_mayexec; do ` +
      '[ -e {tree}/Lib/test/$test.py ] || [ -d {tree}/Lib/test/$test ] || continue; ' +
      'echo "== $test"; {tree}/python -m unittest -q test.$test 2>&1; done',
  ],
  single: ['sh', '-c', '{tree}/python -m unittest -q test.{test} 2>&1'],
  env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C.UTF-8' },
  // What unittest says when nothing failed.
  harmless: /^(?:-+|Ran \d+ tests?.*|OK.*)?$/,
  heading: /^== (test_\w+)$/,
  // imp and the prompt that is written in Python are not in each release.
  atLeast: TESTS.length - 2,
  noise: [
    {
      find: /^(?:Unknown child process pid \d+, will report returncode 255|Loop <.*> that handles pid \d+ is closed)\n/gm,
      put: '',
      why: 'whether a child of asyncio is waited for by its watcher or by somebody else depends on chance',
    },
    { find: /^(Ran \d+ tests?) in [\d.]+s$/gm, put: '$1', why: 'how long it took' },
    { find: /\d+\.\d ms OK\.$/gm, put: 'N ms OK.', why: 'how long threads took' },
    {
      find: /\d{4}-\d\d-\d\d [\d:]{8}(?= +\d+$)/gm,
      put: 'then',
      why: 'when members of an archive were written',
    },
    { find: /\b0x[0-9a-f]{6,}\b/g, put: '0xN', why: 'addresses of objects' },
    { find: /(@test_|test_python_)\d+/g, put: '$1N', why: 'names of files hold the number of the process' },
    { find: /\/tmp\/tmp[a-z0-9_]{8}\b/g, put: '/tmp/tmpN', why: 'names of temporary files are random' },
  ],
  timeout: 1_800_000,
};

/**
 * A changed file is compiled, and what comes of it installed: of the library, what is newer than what is there. Its
 * old bytecode is not used, since it was made from a source of another time.
 */
export const rebuild: Rebuild = {
  commands: [
    ['make', '-j2', 'all'],
    ['make', 'altbininstall', 'DESTDIR=installed'],
    // The folder's name has the version.
    ['sh', '-c', 'cp -ru Lib/. installed/usr/local/lib/python3.*/'],
  ],
  relink: [
    ['make', '-j2', 'python'],
    ['sh', '-c', 'cd installed/usr/local/bin; for one in python3.*[0-9]; do cp -f {tree}/python $one; done'],
  ],
};

/** What is installed. */
export const prefix = 'installed/usr/local';

/** The library: sources, their bytecode, and the wheels that pip is run from. */
export const ownCode = /^installed\/usr\/local\/lib\/python3\.\d+\/.*\.(?:pyc?|whl)$/;

/** No optimisation: each call is where the source has it, and no function is part of another. */
export const unoptimised = ['CFLAGS=-O0 -g'];

/** Why that is built seldom. */
export const unoptimisedRarely =
  'a third build takes minutes, and most opens are asked for by Python code, which no stack in C shows';

/** Functions by which libraries open files of their own when CPython's C calls them. */
export const libraryOpens = {
  localtime_r: 'the rules of the time zone',
  rl_initialize: 'what the terminal can do, and inputrc: bindings of keys, read within readline',
};
