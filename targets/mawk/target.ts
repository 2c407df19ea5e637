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
    version: '1.3.4-20200120',
    date: '2020-01-20',
    tarball: {
      file: 'mawk_1.3.4.20200120.orig.tar.gz',
      sha256: '7fd4cd1e1fae9290fe089171181bbc6291dfd9bca939ca804f0ddb851c8b8237',
      urls: [],
      debian: { source: 'mawk', upstream: '1.3.4.20200120', suites: ['bullseye', 'bookworm'] },
    },
  },
  {
    version: '1.3.4-20250131',
    date: '2025-01-31',
    tarball: {
      file: 'mawk_1.3.4.20250131.orig.tar.gz',
      sha256: '51bcb82d577b141d896d9d9c3077d7aaa209490132e9f2b9573ba8511b3835be',
      urls: [],
      debian: { source: 'mawk', upstream: '1.3.4.20250131', suites: ['trixie'] },
    },
  },
  {
    version: '1.3.4-20260302',
    date: '2026-03-02',
    tarball: {
      file: 'mawk_1.3.4.20260302.orig.tar.gz',
      sha256: 'e2c08a77d0a84a01f9be454d1ca3872d4f103f9ada683d075198b0c6e965633d',
      urls: [],
      debian: { source: 'mawk', upstream: '1.3.4.20260302', suites: ['sid'] },
    },
  },
];

/** The release that a tree is, by what it says itself. */
function recognise(tree: Tree): string | undefined {
  if (!['patchlev.h', 'bi_funct.c', 'scan.c'].every((file) => tree.has(file))) return undefined;
  const text = tree.read('patchlev.h');
  const of = (name: string): string | undefined => new RegExp(`${name}\\s+"?([^"\\n]+)`).exec(text)?.[1];
  return `${of('PATCH_BASE')}.${of('PATCH_LEVEL')}${of('PATCH_STRING')}-${of('DATE_STRING')}`;
}

const locks = readLocks('mawk');

export const target = defineTarget({
  name: 'mawk',
  opens: 'program files (`-f`, `-W exec`)',
  templates: 'targets/mawk/templates',
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
  rules: readRules('mawk'),
  answers: readAnswers('mawk'),
  wrappers,
  patches,
  cover,
  edits,
  entries,
  questions: [
    { call: /(?<=[ (!])mawk_interactive_denied\(MAWK_CODE_\w+\)/, allows: '0' },
    { call: /(?<=[ (!])mawk_code_passes\(program_fd\)/, allows: '1' },
  ],
  build: recipe,
  copyright: 'Michael D. Brennan, Thomas E. Dickey',
  license: 'GPL-2.0-only',
});
