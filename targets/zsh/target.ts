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
    version: '5.9',
    date: '2022-05-14',
    tarball: {
      file: 'zsh_5.9.orig.tar.xz',
      sha256: '9b8d1ecedd5b5e81fbf1918e876752a7dd948e05c1a0dba10ab863842d45acd5',
      urls: [],
      debian: { source: 'zsh', upstream: '5.9', suites: ['bookworm', 'trixie'] },
    },
  },
  {
    version: '5.9.2',
    date: '2026-07-12',
    tarball: {
      file: 'zsh_5.9.2.orig.tar.xz',
      sha256: 'bc6737138e68aba0647b4f776a8e2785c750fb545af6e6a7d6d554e72d1b4c37',
      urls: [],
      debian: { source: 'zsh', upstream: '5.9.2', suites: ['forky'] },
    },
  },
  {
    version: '5.8',
    date: '2020-02-14',
    tarball: {
      file: 'zsh_5.8.orig.tar.xz',
      sha256: 'dcc4b54cc5565670a65581760261c163d720991f0d06486da61f8d839b52de27',
      urls: [],
      debian: { source: 'zsh', upstream: '5.8', suites: ['bullseye'] },
    },
  },
];

/** zsh says its version in Config/version.mk. */
function recognise(tree: Tree): string | undefined {
  if (!['Src/init.c', 'Src/zsh.mdd', 'Config/version.mk'].every((file) => tree.has(file))) return undefined;
  return /^VERSION=(\d+(?:\.\d+)+)$/m.exec(tree.read('Config/version.mk'))?.[1];
}

const locks = readLocks('zsh');

export const target = defineTarget({
  name: 'zsh',
  opens:
    'scripts, sourced files, startup files, autoloaded functions, compiled files (.zwc); modules (optional, off by default)',
  templates: 'targets/zsh/templates',
  releases: withCapabilities(releases, locks),
  capabilities,
  recognise,
  language,
  notShipped,
  masks: [],
  dead,
  openers,
  evaluates: {
    c: [
      'parse_string',
      'parse_list',
      'parse_event',
      'execode',
      'execstring',
      'execsave',
      'loop',
      'bin_eval',
      'try_source_file',
      'check_dump_file',
      'getfpfunc',
      'matheval',
    ],
  },
  locks,
  rules: readRules('zsh'),
  answers: readAnswers('zsh'),
  wrappers,
  patches,
  cover,
  edits,
  entries,
  questions: [
    { call: /(?<=[ (!])zinteractive_denied\(ZCODE_\w+\)/, allows: '0' },
    { call: /(?<=[ (!])zcode_passes\(0\)/, allows: '1' },
  ],
  build: recipe,
  copyright: 'The Zsh Development Group',
  license: 'MIT-Modern-Variant',
});
