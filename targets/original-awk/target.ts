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
    version: '2022-09-12',
    date: '2022-09-12',
    tarball: {
      file: 'original-awk_2022-09-12.orig.tar.gz',
      sha256: '25e0846d5a4a20e90304bee282b068f65966406178a1e737fa0ac6744aef71d9',
      urls: [],
      debian: { source: 'original-awk', upstream: '2022-09-12', suites: ['bookworm'] },
    },
  },
  // The sum is what Debian's list of sources says of the archive; the tree was seen in the project's repository.
  {
    version: '2025-01-16',
    date: '2025-01-16',
    tarball: {
      file: 'original-awk_2025-01-16.orig.tar.gz',
      sha256: '11c87c4ca1a5e17929cfaedfe41b1b02960afab10eb3d2c6827218e4b76476ca',
      urls: [],
      debian: { source: 'original-awk', upstream: '2025-01-16', suites: ['trixie'] },
    },
    seen: {
      repository: 'onetrueawk/awk',
      tag: '20250116',
      commit: '0eeec2359f4cce389ae4e6163959c1fda3dcb9ad',
    },
  },
];

/** original-awk says the day of its release, `version 20220912`; Debian writes that with dashes. */
function recognise(tree: Tree): string | undefined {
  if (!['awk.h', 'awkgram.y', 'b.c', 'maketab.c'].every((file) => tree.has(file))) return undefined;
  const said = /^const char\s+\*version = "version (\d{4})(\d\d)(\d\d)";/m.exec(tree.read('main.c'));
  return said?.slice(1).join('-');
}

const locks = readLocks('original-awk');

export const target = defineTarget({
  name: 'original-awk',
  opens: 'program files (`-f`)',
  templates: 'targets/original-awk/templates',
  releases: withCapabilities(releases, locks),
  capabilities,
  recognise,
  language,
  notShipped,
  masks: [],
  dead,
  openers,
  evaluates: { c: ['yyparse'] },
  locks,
  rules: readRules('original-awk'),
  answers: readAnswers('original-awk'),
  wrappers,
  patches,
  cover,
  edits,
  entries,
  questions: [
    { call: /(?<=[ (!])awk_interactive_denied\(AWK_CODE_\w+\)/, allows: '0' },
    { call: /(?<=[ (!])awk_code_passes\(fileno\(yyin\)\)/, allows: '1' },
  ],
  build: recipe,
  license: 'LicenseRef-original-awk',
  copyright: 'Lucent Technologies',
});
