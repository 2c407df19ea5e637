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
    version: '1.35.0',
    date: '2021-12-26',
    tarball: {
      file: 'busybox_1.35.0.orig.tar.bz2',
      sha256: 'faeeb244c35a348a334f4a59e44626ee870fb07b6884d68c10ae8bc19f83a694',
      urls: [],
      debian: { source: 'busybox', upstream: '1.35.0', suites: ['bookworm'] },
    },
  },
  {
    version: '1.37.0',
    date: '2024-09-27',
    tarball: {
      file: 'busybox_1.37.0.orig.tar.bz2',
      sha256: '3311dff32e746499f4df0d5df04d7eb396382d7e108bb9250e7b519b837043a4',
      urls: [],
      debian: { source: 'busybox', upstream: '1.37.0', suites: ['trixie', 'forky'] },
    },
  },
  {
    version: '1.38.0',
    date: '2026-05-13',
    tarball: {
      file: 'busybox_1.38.0.orig.tar.bz2',
      sha256: '34f9ea6ff8636f2c9241153b9114eefa9e65674a45318ae1ef95bb5f31c53bb2',
      urls: [],
      debian: { source: 'busybox', upstream: '1.38.0', suites: ['sid'] },
    },
  },
];

/** Busybox says its version in its first makefile. */
function recognise(tree: Tree): string | undefined {
  if (!['applets/applet_tables.c', 'include/libbb.h', 'Makefile'].every((file) => tree.has(file))) {
    return undefined;
  }
  const makefile = tree.read('Makefile');
  const parts = ['VERSION', 'PATCHLEVEL', 'SUBLEVEL'].map(
    (name) => new RegExp(`^${name} = (\\d+)$`, 'm').exec(makefile)?.[1],
  );
  return parts.every((part) => part !== undefined) ? parts.join('.') : undefined;
}

const locks = readLocks('busybox');

export const target = defineTarget({
  name: 'busybox',
  title: 'BusyBox',
  opens: "scripts, sourced files and startup files of its shells, programs of awk and sed, vi's `.exrc`",
  templates: 'targets/busybox/templates',
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
      'cmdloop',
      'evalstring',
      'expandstr',
      'setinputfd',
      'parse_and_run_file',
      'parse_and_run_string',
      'parse_program',
      'add_cmd',
      'add_cmd_block',
      'run_cmds',
    ],
  },
  locks,
  rules: readRules('busybox'),
  answers: readAnswers('busybox'),
  wrappers,
  patches,
  cover,
  edits,
  entries,
  questions: [
    // Not at the beginning of a line, where they are declared and defined.
    { call: /(?<!top_func && )(?<=[ (!])bb_interactive_denied\(BB_CODE_\w+\)/, allows: '0' },
    {
      call: /(?<=top_func && )bb_interactive_denied\(BB_CODE_OPTION\)/,
      allows: '0',
      unproven:
        'only builds for processors without an MMU have it: the variant nommu runs the scenario hush-functions',
    },
    { call: /(?<=[ (!])bb_(?:whole_)?code_passes\((?:0|STDIN_FILENO|fp->fd)\)/, allows: '1' },
  ],
  build: recipe,
  copyright: 'Erik Andersen, Rob Landley, Denys Vlasenko and others',
  license: 'GPL-2.0-only',
});
