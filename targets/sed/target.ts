import type { PinnedRelease, Tree } from '../../src/target/contract.ts';
import { defineTarget } from '../../src/target/define.ts';
import { withCapabilities } from '../../src/target/pinned.ts';
import { readAnswers } from '../../src/target/read-answers.ts';
import { readLocks } from '../../src/target/read-locks.ts';
import { readRules } from '../../src/target/read-rules.ts';
import { recipe } from './build.ts';
import { capabilities } from './capabilities.ts';
import { edits } from './edits/index.ts';
import { entries } from './entries.ts';
import { openers } from './openers.ts';
import { cover, patches } from './patches.ts';
import { dead, language, notShipped } from './sources.ts';
import { wrappers } from './wrappers.ts';

const releases: readonly Omit<PinnedRelease, 'capabilities'>[] = [
  {
    version: '4.9',
    date: '2022-11-06',
    tarball: {
      file: 'sed_4.9.orig.tar.xz',
      sha256: '6e226b732e1cd739464ad6862bd1a1aba42d7982922da7a53519631d24975181',
      urls: [],
      debian: { source: 'sed', upstream: '4.9', suites: ['bookworm', 'trixie', 'sid'] },
    },
  },
  {
    version: '4.7',
    date: '2018-12-20',
    tarball: {
      file: 'sed_4.7.orig.tar.xz',
      sha256: '2885768cd0a29ff8d58a6280a270ff161f6a3deb5690b2be6c49f46d4c67bd6a',
      urls: [],
      debian: { source: 'sed', upstream: '4.7', suites: ['bullseye'] },
    },
  },
];

/** The release that a tree is, by what it says itself. */
function recognise(tree: Tree): string | undefined {
  if (!['sed/compile.c', 'sed/execute.c', 'sed/sed.c', 'NEWS'].every((file) => tree.has(file)))
    return undefined;
  return /^\* Noteworthy changes in release (\d+(?:\.\d+)+)/m.exec(tree.read('NEWS'))?.[1];
}

const locks = readLocks('sed');

export const target = defineTarget({
  name: 'sed',
  title: 'GNU sed',
  opens: 'script files (`-f`)',
  templates: 'targets/sed/templates',
  releases: withCapabilities(releases, locks),
  capabilities,
  recognise,
  language,
  notShipped,
  masks: [],
  dead,
  openers,
  evaluates: { c: ['compile_program', 'popen'] },
  locks,
  rules: readRules('sed'),
  answers: readAnswers('sed'),
  wrappers,
  patches,
  cover,
  edits,
  entries,
  questions: [
    { call: /(?<=[ (!])sed_interactive_denied \(SED_CODE_\w+\)/, allows: '0' },
    { call: /(?<=[ (!])sed_code_passes \(fileno \(stdin\)\)/, allows: '1' },
  ],
  build: recipe,
  license: 'GPL-3.0-or-later',
  copyright: 'Free Software Foundation, Inc.',
});
