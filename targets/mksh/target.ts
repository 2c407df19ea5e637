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
import { dead, language, masks, notShipped } from './sources.ts';
import { wrappers } from './wrappers.ts';

const releases: readonly Omit<PinnedRelease, 'capabilities'>[] = [
  {
    version: '59c',
    date: '2020-10-31',
    tarball: {
      file: 'mksh_59c.orig.tar.gz',
      sha256: '77ae1665a337f1c48c61d6b961db3e52119b38e58884d1c89684af31f87bc506',
      urls: [],
      debian: { source: 'mksh', upstream: '59c', suites: ['bookworm', 'trixie', 'sid', 'bullseye'] },
    },
  },
];

/**
 * mksh says the day of its release, and a letter that counts the releases of a number nowhere. Debian's trees are of
 * later days: upstream's repository after the same release.
 */
function recognise(tree: Tree): string | undefined {
  if (!['Build.sh', 'histrap.c', 'mirhash.h', 'sh.h'].every((file) => tree.has(file))) return undefined;
  const [, number, year] = /define MKSH_VERSION "R(\d+) (\d{4})\//.exec(tree.read('sh.h')) ?? [];
  return number === '59' && Number(year) >= 2020 ? '59c' : number;
}

const locks = readLocks('mksh');

export const target = defineTarget({
  name: 'mksh',
  opens: 'scripts, sourced files, functions of FPATH, startup files',
  templates: 'targets/mksh/templates',
  releases: withCapabilities(releases, locks),
  capabilities,
  recognise,
  language,
  notShipped,
  masks,
  dead,
  openers,
  evaluates: {
    c: [
      'compile',
      'execute',
      'command',
      'shell',
      'include',
      'substitute',
      'evaluate',
      'v_evaluate',
      'hist_execute',
    ],
  },
  locks,
  rules: readRules('mksh'),
  answers: readAnswers('mksh'),
  wrappers,
  patches,
  cover,
  edits,
  entries,
  questions: [
    { call: /(?<=[ (!])mksh_interactive_denied\(MKSH_CODE_\w+\)/, allows: '0' },
    { call: /(?<=[ (!])mksh_code_passes\(0\)/, allows: '1' },
  ],
  build: recipe,
  copyright: 'mirabilos and others',
  license: 'MirOS',
});
