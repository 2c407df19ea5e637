import type { Release, Tree } from '../../src/target/contract.js';
import { defineTarget } from '../../src/target/define.js';
import { edits } from './edits.js';
import { entries } from './entries.js';
import { openers } from './openers.js';
import { patches } from './patches.js';
import { rules } from './rules.js';

const releases: readonly Release[] = [
  {
    version: '5.2.15',
    ansi: false,
    // The day of its fifteenth patch.
    date: '2022-12-13',
    tarball: {
      file: 'bash_5.2.15.orig.tar.gz',
      sha256: '7a315bc0e9d90713159e4390ec1096a41e4f33cd8cc3d1a749a8e5ad56600f51',
      urls: ['https://ftp.gnu.org/gnu/bash/bash-5.2.15.tar.gz'],
      debian: { source: 'bash', upstream: '5.2.15' },
    },
  },
];

/** Bash says its version in configure.ac and its patch level in patchlevel.h. */
function recognise(tree: Tree): string | undefined {
  if (!['shell.c', 'builtins/evalfile.c', 'patchlevel.h', 'configure.ac'].every((file) => tree.has(file))) {
    return undefined;
  }
  const version = /define\(bashvers,\s*(\d+\.\d+)\)/.exec(tree.read('configure.ac'))?.[1];
  const level = /^#define PATCHLEVEL (\d+)/m.exec(tree.read('patchlevel.h'))?.[1];
  return version === undefined || level === undefined ? undefined : `${version}.${level}`;
}

export const target = defineTarget({
  name: 'bash',
  templates: 'targets/bash/templates',
  releases,
  recognise,
  language: (file) => (/\.(?:c|h|y|def)$/.test(file) ? 'c' : undefined),
  notShipped: [
    { files: /^examples\//, why: 'examples: loadables that a user builds by hand' },
    { files: /^tests\//, why: 'programs of the test suite' },
    {
      files: /^debian\//,
      why: "the distribution's packaging, clear_console among it: programs of their own",
    },
    { files: /^(?:support|cross-build|CWRU|po|doc)\//, why: 'tools of the build and of the maintainer' },
    { files: /^lib\/readline\/examples\//, why: "examples of readline's own" },
    { files: /^mksyntax\.c$/, why: 'writes a table while bash is being built' },
    { files: /^builtins\/(?:mkbuiltins|gen-helpfiles|psize)\.c$/, why: 'runs while bash is being built' },
    { files: /^lib\/(?:malloc\/xleaktrace|tilde\/.*test).*$/, why: 'a program for tests by hand' },
  ],
  // In a .def file the C code stands between documentation blocks that mkbuiltins turns into strings.
  masks: [{ files: /\.def$/, text: /^\$(?:PRODUCES|BUILTIN)\b[\s\S]*?^\$END$/, as: 'string' }],
  dead: [
    /^defined \((?:TEST|TESTING)\)$/,
    /^defined \(DEBUG\)$/,
    /^defined \((?:__CYGWIN__|MSDOS|_AIX|__MSDOS__)\)$/,
    /^(?:defined )?\(?(?:VMS|WIN32|_WIN32|_LIBC)\)?$/,
    /^0$/,
  ],
  openers,
  rules,
  patches,
  edits,
  entries,
  build: {
    configure: ['./configure'],
    make: ['make'],
    binary: 'bash',
    packages: ['gcc', 'make', 'bison', 'libc6-dev'],
  },
  license: 'GPL-3.0-or-later',
});
