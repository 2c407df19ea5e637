import type { PinnedRelease, Tree } from '../../src/target/contract.ts';
import { defineTarget } from '../../src/target/define.ts';
import { recipe } from './build.ts';
import { capabilities } from './capabilities.ts';
import { edits } from './edits/index.ts';
import { entries } from './entries.ts';
import { openers } from './openers.ts';
import { cover, patches } from './patches.ts';
import { dead, language, masks, notShipped } from './sources.ts';
import { withCapabilities } from '../../src/target/pinned.ts';
import { readLocks } from '../../src/target/read-locks.ts';
import { readAnswers } from '../../src/target/read-answers.ts';
import { readRules } from '../../src/target/read-rules.ts';
import { wrappers } from './wrappers.ts';

const releases: readonly Omit<PinnedRelease, 'capabilities'>[] = [
  {
    version: '0.5.12',
    date: '2022-12-11',
    tarball: {
      file: 'dash_0.5.12.orig.tar.gz',
      sha256: '6a474ac46e8b0b32916c4c60df694c82058d3297d8b385b74508030ca4a8f28a',
      urls: [],
      debian: { source: 'dash', upstream: '0.5.12', suites: ['bookworm', 'trixie', 'sid'] },
    },
  },
  {
    // A state of upstream's repository, five weeks after the release: it says 0.5.11 of itself.
    version: '0.5.11',
    date: '2020-07-08',
    tarball: {
      file: 'dash_0.5.11+git20200708+dd9ef66.orig.tar.gz',
      sha256: 'ab70b1f165bfedadd1282da546f1c917f1b7ccb2c5c2f898310a963e2ab5520c',
      urls: [],
      debian: { source: 'dash', upstream: '0.5.11+git20200708+dd9ef66', suites: ['bullseye'] },
    },
  },
  // The sum is what Homebrew's formula said of upstream's archive; the tree was seen in the project's repository. The archive
  // has what autogen.sh makes, too.
  {
    version: '0.5.13',
    date: '2025-09-21',
    tarball: {
      file: 'dash-0.5.13.tar.gz',
      sha256: 'fd8da121e306b27f59330613417b182b8844f11e269531cc4720bf523e3e06d7',
      urls: ['http://gondor.apana.org.au/~herbert/dash/files/dash-0.5.13.tar.gz'],
    },
    seen: { repository: 'herbertx/dash', commit: '1365bb36a92656eb52b64cb04d249c47a1d3c4cf' },
  },
];

/** dash says its version in configure.ac. */
function recognise(tree: Tree): string | undefined {
  if (!['src/input.c', 'src/redir.c', 'src/mkinit.c', 'configure.ac'].every((file) => tree.has(file))) {
    return undefined;
  }
  return /^AC_INIT\(\[?dash\]?,\s*\[?(\d+(?:\.\d+)+)\]?\)/m.exec(tree.read('configure.ac'))?.[1];
}

const locks = readLocks('dash');

export const target = defineTarget({
  name: 'dash',
  opens: "scripts, sourced files, files of functions, startup files; libedit's settings (optional)",
  templates: 'targets/dash/templates',
  releases: withCapabilities(releases, locks),
  capabilities,
  recognise,
  language,
  notShipped,
  masks,
  dead,
  openers,
  evaluates: {
    c: ['parsecmd', 'evalstring', 'evaltree', 'cmdloop', 'expandstr', 'setinputfd', 'el_source'],
  },
  locks,
  rules: readRules('dash'),
  answers: readAnswers('dash'),
  wrappers,
  patches,
  cover,
  edits,
  entries,
  questions: [
    // Not at the beginning of a line, where they are declared and defined.
    { call: /(?<=[ (!])sh_interactive_denied\(SH_\w+\)/, allows: '0' },
    { call: /(?<=[ (!])sh_code_passes\(0\)/, allows: '1' },
  ],
  build: recipe,
  copyright: 'The Regents of the University of California, Herbert Xu and others',
  license: 'BSD-3-Clause',
});
