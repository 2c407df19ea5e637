import type { PinnedRelease, Tree } from '../../src/target/contract.ts';
import { defineTarget } from '../../src/target/define.ts';
import { recipe } from './build.ts';
import { capabilities } from './capabilities.ts';
import { edits } from './edits/index.ts';
import { entries } from './entries.ts';
import { openers } from './openers.ts';
import { cover, patches } from './patches.ts';
import { bundled, dead, language, masks, notShipped } from './sources.ts';
import { withCapabilities } from '../../src/target/pinned.ts';
import { readLocks } from '../../src/target/read-locks.ts';
import { readAnswers } from '../../src/target/read-answers.ts';
import { readRules } from '../../src/target/read-rules.ts';
import { wrappers } from './wrappers.ts';

/** A release as Debian's source package has it: the archive is the distribution's, made from upstream's. */
const release = (
  version: string,
  date: string,
  suites: readonly string[],
  file: string,
  sha256: string,
): Omit<PinnedRelease, 'capabilities'> => ({
  version,
  date,
  tarball: { file, sha256, urls: [], debian: { source: 'bash', upstream: version, suites } },
});

/** A release that is known by the sum of upstream's archive alone, and was seen in a copy of the project's repository. */
const archived = (
  version: string,
  date: string,
  sha256: string,
  commit: string,
): Omit<PinnedRelease, 'capabilities'> => {
  const file = `bash-${version}.tar.gz`;
  return {
    version,
    date,
    tarball: { file, sha256, urls: [`https://ftp.gnu.org/gnu/bash/${file}`] },
    seen: { repository: 'bminor/bash', commit },
  };
};

// Upstream's own archives of what Debian has hold the same tree in other bytes, so that their addresses would not give the pinned sums.
const releases: readonly Omit<PinnedRelease, 'capabilities'>[] = [
  release(
    '5.2.15',
    '2022-12-13',
    ['bookworm'],
    'bash_5.2.15.orig.tar.gz',
    '7a315bc0e9d90713159e4390ec1096a41e4f33cd8cc3d1a749a8e5ad56600f51',
  ),
  release(
    '5.1',
    '2020-12-07',
    ['bullseye'],
    'bash_5.1.orig.tar.xz',
    'd5eeee4f953c09826409d572e2e8996a2140d67eb8f382ce1f3a9d23883ad696',
  ),
  release(
    '5.2.37',
    '2024-09-23',
    ['trixie'],
    'bash_5.2.37.orig.tar.xz',
    '370704c9c859f4060b7df19055e43bb9b5fa09d887699cf6ba87885c5485d36a',
  ),
  release(
    '5.3',
    '2025-07-05',
    ['sid'],
    'bash_5.3.orig.tar.xz',
    'a70de6bb41f5e192534a5a1836b1d7fad9a8d4818a6e1506d70f38441552c17a',
  ),
  // Ubuntu 24.04.
  archived(
    '5.2.21',
    '2023-11-09',
    'c8e31bdc59b69aaffc5b36509905ba3e5cbb12747091d27b4b977f078560d5b8',
    '2bb3cbefdb8fd019765b1a9cc42ecf37ff22fec6',
  ),
  archived(
    '5.2.32',
    '2024-08-01',
    'd3ef80d2b67d8cbbe4d3265c63a72c46f9b278ead6e0e06d61801b58f23f50b5',
    '142bbdd89e4d5bb62aea4469d1d2c24cf470afd8',
  ),
];

/** Bash says its version in configure.ac and its patch level in patchlevel.h. */
function recognise(tree: Tree): string | undefined {
  if (!['shell.c', 'builtins/evalfile.c', 'patchlevel.h', 'configure.ac'].every((file) => tree.has(file))) {
    return undefined;
  }
  const version = /define\(bashvers,\s*(\d+\.\d+)\)/.exec(tree.read('configure.ac'))?.[1];
  const level = /^#define PATCHLEVEL (\d+)/m.exec(tree.read('patchlevel.h'))?.[1];
  if (version === undefined || level === undefined) return undefined;
  return level === '0' ? version : `${version}.${level}`;
}

const locks = readLocks('bash');

export const target = defineTarget({
  name: 'bash',
  title: 'Bash',
  opens:
    'scripts, sourced files, startup files; inputrc (optional); loadable builtins (optional, off by default)',
  templates: 'targets/bash/templates',
  releases: withCapabilities(releases, locks),
  capabilities,
  recognise,
  language,
  notShipped,
  bundled,
  masks,
  dead,
  openers,
  evaluates: {
    c: [
      'parse_and_execute',
      'parse_string',
      'evalstring',
      'maybe_execute_file',
      '_evalfile',
      'execute_command',
      'rl_parse_and_bind',
    ],
  },
  locks,
  rules: readRules('bash'),
  answers: readAnswers('bash'),
  wrappers,
  patches,
  cover,
  edits,
  entries,
  questions: [
    // Not at the beginning of a line, where they are defined.
    { call: /(?<=[ (!])sh_interactive_denied \(SH_\w+\)/, allows: '0' },
    { call: /(?<=[ (!])sh_code_passes \(\w+\)/, allows: '1' },
  ],
  build: recipe,
  copyright: 'Free Software Foundation, Inc.',
  license: 'GPL-3.0-or-later',
});
