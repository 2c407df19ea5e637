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
  // The sum is what Debian's list of sources says of the archive; the tree was seen in a mirror of the project's repository.
  {
    version: '5.1.0',
    date: '2020-04-14',
    tarball: {
      file: 'gawk_5.1.0.orig.tar.xz',
      sha256: 'd67f5a78ef71a3f556a8c6864991bca5950ef3b249abacac30e708776b4aba7c',
      urls: [],
      debian: { source: 'gawk', upstream: '5.1.0', suites: ['bullseye'] },
    },
    seen: {
      repository: 'sailfishos-mirror/gawk',
      tag: 'gawk-5.1.0',
      commit: '40a6d096aa10340df1542a5dc23438c6cb7590fb',
    },
  },
  // The sum is what several package collections say of upstream's archive, Chromebrew and Spack among them.
  {
    version: '5.3.1',
    date: '2024-09-18',
    tarball: {
      file: 'gawk-5.3.1.tar.xz',
      sha256: '694db764812a6236423d4ff40ceb7b6c4c441301b72ad502bb5c27e00cd56f78',
      urls: ['https://ftp.gnu.org/gnu/gawk/gawk-5.3.1.tar.xz'],
    },
    seen: {
      repository: 'sailfishos-mirror/gawk',
      tag: 'gawk-5.3.1',
      commit: 'e405f5487b66eadd24d303a27c312f16bcca2ca4',
    },
  },
  // The sum is what Homebrew's formula says of upstream's archive.
  {
    version: '5.4.1',
    date: '2026-07-09',
    tarball: {
      file: 'gawk-5.4.1.tar.xz',
      sha256: '07f6f7342b7febe4313fc2c2542ad93d64fe20ad8717200109f105a826f5fd37',
      urls: ['https://ftp.gnu.org/gnu/gawk/gawk-5.4.1.tar.xz'],
    },
    seen: {
      repository: 'sailfishos-mirror/gawk',
      tag: 'gawk-5.4.1',
      commit: '52af7f12758da12db0ddbdb117a84e0685cd2f72',
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
