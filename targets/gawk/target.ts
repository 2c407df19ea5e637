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
    version: '5.2.1',
    date: '2022-11-22',
    tarball: {
      file: 'gawk_5.2.1.orig.tar.xz',
      sha256: '2337a0283b180ec1b9c727973a34781c6478b3ae9bcbdcca0a4dc49861d75a65',
      urls: [],
      debian: { source: 'gawk', upstream: '5.2.1', suites: ['bookworm'] },
    },
  },
  {
    version: '5.3.2',
    date: '2025-04-02',
    tarball: {
      file: 'gawk_5.3.2.orig.tar.xz',
      sha256: '3b2a95bc6de68e2dc833ce547e366d62001274f8b892c6424f34f70d321cda70',
      urls: [],
      debian: { source: 'gawk', upstream: '5.3.2', suites: ['trixie', 'sid'] },
    },
  },
];

/** The release that a tree is, by what it says itself. */
function recognise(tree: Tree): string | undefined {
  if (!['awkgram.y', 'command.y', 'eval.c', 'configure.ac'].every((file) => tree.has(file))) return undefined;
  return /AC_INIT\(\s*\[GNU Awk\],\s*\[(\d+(?:\.\d+)+)\]/.exec(tree.read('configure.ac'))?.[1];
}

const locks = readLocks('gawk');

export const target = defineTarget({
  name: 'gawk',
  opens:
    'program files (`-f`, `-E`, `-i`, `@include`), commands of the debugger; persistent memory (optional); extensions (optional, off by default)',
  templates: 'targets/gawk/templates',
  releases: withCapabilities(releases, locks),
  capabilities,
  recognise,
  language,
  notShipped,
  masks: [],
  dead,
  openers,
  evaluates: { c: ['parse_program', 'yyparse', 'zzparse', 'dlopen', 'push_cmd_src'] },
  locks,
  rules: readRules('gawk'),
  answers: readAnswers('gawk'),
  wrappers,
  patches,
  cover,
  edits,
  entries,
  questions: [
    { call: /(?<=[ (!])gawk_interactive_denied\(GAWK_CODE_\w+\)/, allows: '0' },
    { call: /(?<=[ (!])gawk_code_passes\((?:fd|input_fd)\)/, allows: '1' },
    {
      call: /(?<=[ (!])gawk_descriptor_passes\(fd\)/,
      allows: '1',
      unproven:
        'it asks for the policy about files: the scenarios dev-fd, dev-stdin, dev-fd-offset and pipe are refused by that',
    },
  ],
  build: recipe,
  copyright: 'Free Software Foundation, Inc.',
  license: 'GPL-3.0-or-later',
});
