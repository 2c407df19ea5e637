import type { Refusal, Scenario } from '../../../src/target/scenario.ts';
import { hello, LUA, refused, trusted, trustedFirst } from './common.ts';

/** A trusted script that has another file run, which is refused. */
const names = (id: string, what: string, text: string, one: Partial<Scenario> = {}): Scenario => ({
  id,
  what,
  files: { 'script.lua': trusted(`${text}\n${hello('script')}`), 'library.lua': hello('library') },
  argv: [LUA, 'script.lua'],
  marked: ['script.lua', 'library.lua'],
  ...trustedFirst,
  says: ['library ran\nscript ran'],
  refused: { ...refused('library.lua'), never: ['library ran', 'script ran'] },
  ...one,
});

/** What require says of a module that it found and that is refused. */
const refusedModule = (name: string, path: string): Refusal => ({
  says: [`error loading module '${name}' from file '${path}':\n\tcannot open ${path}: Permission denied`],
  never: ['ran'],
  status: 1,
});

/** An option or a variable that has a file run before a trusted script. */
const before = (id: string, what: string, options: readonly string[], one: Partial<Scenario>): Scenario => ({
  id,
  what,
  files: { 'script.lua': trusted(hello('script')), 'library.lua': hello('library') },
  argv: [LUA, ...options, 'script.lua'],
  marked: ['library.lua', 'script.lua'],
  // require looks whether it can read it.
  ...trustedFirst,
  says: ['library ran\nscript ran'],
  ...one,
});

/** Files that a program, an option or the environment names. */
export const modules: readonly Scenario[] = [
  names('dofile', 'dofile: a file that the script names', 'dofile("library.lua")'),
  names(
    'loadfile',
    'loadfile: a file that the script compiles, and then runs',
    'assert(loadfile("library.lua"))()',
  ),
  names(
    'loadfile-text',
    'loadfile of text alone, with an environment',
    'assert(loadfile("library.lua", "t", { print = print }))()',
  ),
  names(
    'loadfile-fails',
    'loadfile returns the error: the script goes on with it',
    'local chunk, message = loadfile("library.lua")\nif chunk then chunk() else print(message) end',
    {
      refused: {
        says: ['cannot open library.lua: Permission denied\nscript ran'],
        never: ['library ran'],
        status: 0,
      },
    },
  ),
  names('require', 'require: a module in package.path', 'require("library")', {
    plain: ['library.lua'],
    refused: refusedModule('library', './library.lua'),
  }),
  names('require-folder', 'require: a module of a module, in a folder', 'require("lib.inner")', {
    files: {
      'script.lua': trusted(`require("lib.inner")\n${hello('script')}`),
      'lib/inner.lua': hello('library'),
    },
    marked: ['script.lua', 'lib/inner.lua'],
    plain: ['lib/inner.lua'],
    refused: refusedModule('lib.inner', './lib/inner.lua'),
  }),
  names(
    'require-set',
    'require: a module in a path that the script sets',
    'package.path = "./?.code;" .. package.path\nrequire("library")',
    {
      files: {
        'script.lua': trusted(`package.path = "./?.code"\nrequire("library")\n${hello('script')}`),
        'library.code': hello('library'),
      },
      marked: ['script.lua', 'library.code'],
      plain: ['library.code'],
      refused: refusedModule('library', './library.code'),
    },
  ),
  names(
    'require-fails',
    "require in pcall: the error is the script's to handle, and the module can be asked for again",
    '',
    {
      files: {
        'script.lua': trusted(
          'print(pcall(require, "library"))\nprint(package.loaded.library)\n' + hello('script'),
        ),
        'library.lua': hello('library'),
      },
      plain: ['library.lua'],
      says: ['library ran', 'script ran'],
      refused: {
        says: ["false\terror loading module 'library' from file './library.lua':", '\nnil\nscript ran'],
        never: ['library ran'],
        status: 0,
      },
    },
  ),
  names(
    'searchpath',
    'package.searchpath: it only looks for the file, and loadfile opens it as code',
    'dofile(package.searchpath("library", "./?.lua"))',
    {
      plain: ['library.lua'],
      refused: { ...refused('./library.lua'), never: ['library ran', 'script ran'] },
    },
  ),
  before('module-option', '-l: a module before the script', ['-l', 'library'], {
    plain: ['library.lua'],
    refused: refusedModule('library', './library.lua'),
  }),
  before('module-option-glued', '-lNAME=MODULE: the same', ['-lname=library'], {
    plain: ['library.lua'],
    refused: refusedModule('library', './library.lua'),
    where: 'named-modules',
  }),
  before('lua-path', 'LUA_PATH: a folder of the environment with a module', ['-l', 'library'], {
    files: { 'script.lua': trusted(hello('script')), 'path/library.lua': hello('library') },
    marked: ['path/library.lua', 'script.lua'],
    plain: ['path/library.lua'],
    env: { LUA_PATH: '{folder}/path/?.lua;;' },
    refused: refusedModule('library', '{folder}/path/library.lua'),
  }),
  before('lua-path-version', 'LUA_PATH_5_4 goes before LUA_PATH', ['-l', 'library'], {
    files: { 'script.lua': trusted(hello('script')), 'path/library.lua': hello('library') },
    marked: ['path/library.lua', 'script.lua'],
    plain: ['path/library.lua'],
    env: { LUA_PATH: '{folder}/nowhere/?.lua', LUA_PATH_5_4: '{folder}/path/?.lua' },
    refused: refusedModule('library', '{folder}/path/library.lua'),
  }),
  before('search', 'a module that is refused ends the search: a later one is not taken', ['-l', 'library'], {
    files: {
      'script.lua': trusted(hello('script')),
      'first/library.lua': hello('first'),
      'second/library.lua': trusted(hello('second')),
    },
    marked: ['first/library.lua', 'script.lua'],
    plain: ['first/library.lua'],
    env: { LUA_PATH: '{folder}/first/?.lua;{folder}/second/?.lua' },
    says: ['first ran\nscript ran'],
    refused: refusedModule('library', '{folder}/first/library.lua'),
  }),
  before('search-unreadable', 'a module that cannot be read is passed over, as before', ['-l', 'library'], {
    files: {
      'script.lua': trusted(hello('script')),
      'first/library.lua': { text: hello('first'), mode: 0o311 },
      'second/library.lua': trusted(hello('second')),
    },
    marked: ['second/library.lua', 'script.lua'],
    plain: ['first/library.lua', 'second/library.lua'],
    env: { LUA_PATH: '{folder}/first/?.lua;{folder}/second/?.lua' },
    // Root may read it.
    traced: false,
    says: ['second ran\nscript ran'],
  }),
  before('init-file', 'LUA_INIT=@FILE: a file that is run first', [], {
    env: { LUA_INIT: '@library.lua' },
    refused: { ...refused('library.lua'), never: ['ran'] },
    denied: 'runs',
  }),
  before('init-file-version', 'LUA_INIT_5_4=@FILE goes before LUA_INIT', [], {
    env: { LUA_INIT: '@nowhere', LUA_INIT_5_4: '@library.lua' },
    refused: { ...refused('library.lua'), never: ['ran'] },
  }),
  {
    id: 'init-ignored',
    what: '-E: LUA_INIT and LUA_PATH are not looked at',
    files: { 'script.lua': trusted(hello('script')), 'library.lua': hello('library') },
    argv: [LUA, '-E', 'script.lua'],
    env: { LUA_INIT: '@library.lua', LUA_INIT_5_4: 'print("init ran")' },
    marked: ['script.lua'],
    plain: [],
    placements: ['executable', 'plain'],
    says: ['script ran'],
    denied: 'runs',
  },
];

/** A copy of a shared object, which has no function of a module: that shows whether it was loaded. */
const object = (
  id: string,
  what: string,
  path: string,
  options: string,
  one: Partial<Scenario>,
): Scenario => ({
  id,
  what,
  files: { 'script.lua': trusted(hello('script')), mode: '' },
  argv: [
    '/bin/sh',
    '-c',
    // What grep itself has mapped; ldd runs the loader of 32-bit programs too, where there is one.
    `object=$(grep -o -m 1 "/[^ ]*/libc\\.so\\.6" /proc/self/maps); cp "$object" ${path}; chmod --reference=mode ${path}; exec "$0" ${options}`,
    LUA,
  ],
  marked: [path],
  judged: ['mode'],
  plain: [path],
  placements: ['executable', 'plain'],
  // The loader opens it as well.
  traced: false,
  patch: 'loadable',
  says: [],
  ...one,
});

/** What dlopen is given. */
export const objects: readonly Scenario[] = [
  object('c-module', 'require: a C module that may not be executed is not loaded', 'object.so', '-l object', {
    env: { LUA_CPATH: './?.so' },
    says: [
      "error loading module 'object' from file './object.so':\n\t./object.so: undefined symbol: luaopen_object",
    ],
    status: 1,
    refused: {
      says: [
        "error loading module 'object' from file './object.so':\n\t./object.so: cannot open shared object file: Permission denied",
      ],
      status: 1,
    },
  }),
  object(
    'c-library',
    'package.loadlib: a library that may not be executed is not loaded, and the script gets the error',
    'object.so',
    'load.lua',
    {
      files: { 'load.lua': trusted('print(package.loadlib("./object.so", "*"))\n'), mode: '' },
      says: ['true\n'],
      refused: {
        says: ['nil\t./object.so: cannot open shared object file: Permission denied\topen\n'],
        status: 0,
      },
    },
  ),
  {
    id: 'c-library-missing',
    what: "package.loadlib of what is nowhere, and by the linker's path: as before",
    files: {
      'script.lua': trusted(
        'print(package.loadlib("./nowhere.so", "*"))\nprint(package.loadlib("libc.so.6", "*"))\n',
      ),
    },
    argv: [LUA, 'script.lua'],
    marked: ['nowhere.so'],
    plain: [],
    placements: ['executable', 'plain'],
    traced: false,
    patch: 'loadable',
    says: ['nil\t./nowhere.so: cannot open shared object file: No such file or directory\topen\ntrue\n'],
  },
];
