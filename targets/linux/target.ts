import type { PinnedRelease, Tree } from '../../src/target/contract.ts';
import { defineTarget } from '../../src/target/define.ts';
import { withCapabilities } from '../../src/target/pinned.ts';
import { readLocks } from '../../src/target/read-locks.ts';
import { readRules } from '../../src/target/read-rules.ts';
import { capabilities } from './capabilities.ts';
import { edits } from './edits/index.ts';
import { openers } from './openers.ts';
import { cover, patches } from './patches.ts';
import { language, notShipped, reads } from './sources.ts';
import { wrappers } from './wrappers.ts';

/** A kernel as Debian's package linux-source has it: upstream's, with the distribution's patches. */
const release = (
  version: string,
  date: string,
  revision: string,
  sha256: string,
): Omit<PinnedRelease, 'capabilities'> => {
  const series = version.replace(/\.\d+$/, '');
  const name = `linux-source-${series}`;
  const file = `${name}.tar.xz`;
  return {
    version,
    date,
    tarball: {
      file,
      sha256,
      urls: [],
      package: { name, version: `${version}-${revision}`, path: `/usr/src/${file}` },
    },
  };
};

const releases: readonly Omit<PinnedRelease, 'capabilities'>[] = [
  release(
    '6.12.117',
    '2026-11-14',
    '1~deb12u1',
    '585a4a074597aefa2b1a68ada83a3184ba351c127544dea80618bbcceaa3961f',
  ),
  release('6.1.192', '2026-11-26', '3', 'cacdc3830989309d042083be3307969e55600ed7f908cf00df544c5ff50759a1'),
];

/** The kernel says its version in the Makefile. */
function recognise(tree: Tree): string | undefined {
  if (!['Kbuild', 'Makefile', 'fs/namei.c', 'fs/open.c'].every((file) => tree.has(file))) return undefined;
  const makefile = tree.read('Makefile');
  const part = (name: string): string | undefined =>
    new RegExp(`^${name} = ?(.*?)\r?$`, 'm').exec(makefile)?.[1];
  const [major, minor, level] = ['VERSION', 'PATCHLEVEL', 'SUBLEVEL'].map(part);
  if (major === undefined || minor === undefined || level === undefined) return undefined;
  return `${major}.${minor}.${level}${part('EXTRAVERSION') ?? ''}`;
}

const locks = readLocks('linux');

export const target = defineTarget({
  name: 'linux',
  title: 'Linux (the flag itself)',
  opens: 'none: its series brings O_MAYEXEC to [a kernel](docs/linux.md)',
  templates: 'targets/linux/templates',
  releases: withCapabilities(releases, locks),
  capabilities,
  recognise,
  reads,
  foreign: [
    {
      files: /\.[ch]$/,
      word: /\b(?:O_MAYEXEC|MAY_OPENEXEC|sysctl_open_mayexec_enforce)\b/,
      what: 'the tree has an O_MAYEXEC already, and not that of this kit',
    },
  ],
  language,
  notShipped,
  masks: [],
  dead: [],
  openers,
  evaluates: {},
  locks,
  rules: readRules('linux'),
  wrappers,
  patches,
  cover,
  edits,
  entries: [],
  copyright: 'Linus Torvalds and others',
  license: 'GPL-2.0-only',
});
