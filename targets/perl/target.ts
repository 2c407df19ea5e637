import type { PinnedRelease, Tree } from '../../src/target/contract.ts';
import { defineTarget } from '../../src/target/define.ts';
import { recipe } from './build.ts';
import { capabilities } from './capabilities.ts';
import { edits } from './edits/index.ts';
import { entries } from './entries.ts';
import { openers } from './openers.ts';
import { cover, patches } from './patches.ts';
import { withCapabilities } from '../../src/target/pinned.ts';
import { readLocks } from '../../src/target/read-locks.ts';
import { readAnswers } from '../../src/target/read-answers.ts';
import { readRules } from '../../src/target/read-rules.ts';
import { wrappers } from './wrappers.ts';
import { bundled, dead, language, notShipped } from './sources.ts';

/** A release as Debian's source package has it: the archive is the distribution's, made from upstream's. */
const release = (
  version: string,
  date: string,
  suite: string,
  sha256: string,
): Omit<PinnedRelease, 'capabilities'> => ({
  version,
  date,
  tarball: {
    file: `perl_${version}.orig.tar.xz`,
    sha256,
    // Upstream's own archive, in the bytes that it was released in.
    urls: [`https://www.cpan.org/src/5.0/perl-${version}.tar.xz`],
    debian: { source: 'perl', upstream: version, suites: [suite] },
  },
});

/** A release that is known by the sum of upstream's archive alone, and was seen in the project's repository. */
const tagged = (
  version: string,
  date: string,
  sha256: string,
  commit: string,
): Omit<PinnedRelease, 'capabilities'> => {
  const file = `perl-${version}.tar.xz`;
  return {
    version,
    date,
    tarball: { file, sha256, urls: [`https://www.cpan.org/src/5.0/${file}`] },
    seen: { repository: 'Perl/perl5', tag: `v${version}`, commit },
  };
};

const releases: readonly Omit<PinnedRelease, 'capabilities'>[] = [
  release(
    '5.36.0',
    '2022-05-27',
    'bookworm',
    '0f386dccbee8e26286404b2cca144e1005be65477979beb9b1ba272d4819bcf0',
  ),
  release(
    '5.32.1',
    '2021-01-23',
    'bullseye',
    '57cc47c735c8300a8ce2fa0643507b44c4ae59012bfdad0121313db639e02309',
  ),
  release(
    '5.40.1',
    '2025-01-18',
    'trixie',
    'dfa20c2eef2b4af133525610bbb65dd13777ecf998c9c5b1ccf0d308e732ee3f',
  ),
  release('5.42.3', '2026-08-02', 'sid', 'c9387e1473a1866935cb047ece7c2e0a80767a3acdecb79d4a375f8a95970ddc'),
  // Ubuntu 24.04 and 22.04.
  tagged(
    '5.38.2',
    '2023-11-29',
    'd91115e90b896520e83d4de6b52f8254ef2b70a8d545ffab33200ea9f1cf29e8',
    '55dd2f792ffc8cefe614350a411f785374281b24',
  ),
  tagged(
    '5.34.0',
    '2021-05-20',
    '82c2e5e5c71b0e10487a80d79140469ab1f8056349ca8545140a224dbbed7ded',
    '79a7b254d85a10b65126ad99bf10e70480569d68',
  ),
];

/** Perl says its version in a header. */
function recognise(tree: Tree): string | undefined {
  if (!['patchlevel.h', 'perl.c', 'pp_ctl.c', 'doio.c', 'embed.fnc'].every((file) => tree.has(file))) {
    return undefined;
  }
  const text = tree.read('patchlevel.h');
  const part = (name: string): string | undefined =>
    new RegExp(`^#define PERL_${name}\\s+(\\d+)`, 'm').exec(text)?.[1];
  const parts = [part('REVISION'), part('VERSION'), part('SUBVERSION')];
  return parts.includes(undefined) ? undefined : parts.join('.');
}

const locks = readLocks('perl');

export const target = defineTarget({
  name: 'perl',
  title: 'Perl',
  opens: 'scripts, modules, `do FILE`; what the debugger sources (optional)',
  templates: 'targets/perl/templates',
  releases: withCapabilities(releases, locks),
  capabilities,
  recognise,
  language,
  notShipped,
  bundled,
  masks: [],
  dead,
  openers,
  evaluates: {
    c: ['eval_sv', 'eval_pv', 'require_pv', 'lex_start', 'yyparse', 'PL_rsfp', 'call_sv'],
    // A block of eval catches errors; a block of do is a block.
    perl: ['eval(?!\\s*\\{)', 'do(?!\\s*\\{)'],
  },
  locks,
  rules: readRules('perl'),
  answers: readAnswers('perl'),
  wrappers,
  patches,
  cover,
  edits,
  entries,
  questions: [
    { call: /\bS_forbid_code\(aTHX_ (?!what)[^;]*\)/, allows: 'NOOP' },
    { call: /\bS_code_ignored\(aTHX_ "(?!PERL5OPT")\w+"\)/, allows: 'FALSE' },
    {
      call: /\bS_code_ignored\(aTHX_ "PERL5OPT"\)/,
      allows: 'FALSE',
      unproven:
        'it decides only that a switch of PERL5OPT is passed over: not asked, S_forbid_code refuses the same switch, and perl ends',
    },
    { call: /\b_is_ignored\('\w+'\)/, allows: '0' },
    // Those of perl5db.pl: what lies in dist and ext is copied by a build, and a mutant's would be the old copy.
    { call: /(?<=\( |!)Internals::code_denied\('\w+'\)(?= \)|;)/, allows: '0' },
  ],
  build: recipe,
  copyright: 'Larry Wall and others',
  license: 'Artistic-1.0-Perl OR GPL-1.0-or-later',
});
