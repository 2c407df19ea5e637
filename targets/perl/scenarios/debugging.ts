import type { Scenario } from '../../../src/target/scenario.ts';
import { DEBUGGER, OWN, PERL, hello, refusedScript, typed } from './common.ts';

/** What the debugger opens. */
export const debugging: readonly Scenario[] = [
  {
    id: 'debugger',
    what: '-d: perl5db.pl, the file of PERLDB and the script',
    files: {
      'script.pl': { text: hello('script'), mode: 0o755 },
      'lib/Devel/One.pm': `package DB;\nsub DB {}\n${hello('Devel::One')}`,
    },
    argv: [PERL, '-Ilib', '-d:One', 'script.pl'],
    marked: ['script.pl', 'lib/Devel/One.pm'],
    plain: [],
    system: OWN,
    says: ['Devel::One ran\nscript ran'],
    refused: { says: ['lib/Devel/One.pm: Permission denied'], never: ['ran'], status: 13 },
    placements: ['executable', 'plain'],
  },
  {
    id: 'debugger-library',
    what: '-d: perl5db.pl, and a script under it',
    files: { 'script.pl': hello('script') },
    argv: [PERL, '-d', 'script.pl'],
    env: { PERLDB_OPTS: 'NonStop' },
    marked: ['script.pl'],
    plain: [],
    system: OWN,
    says: ['script ran'],
    refused: refusedScript('script.pl'),
  },
  {
    id: 'debugger-source',
    what: 'the command `source` of the debugger, in every way that its file may be named',
    files: {
      'script.pl': { text: hello('script'), mode: 0o755 },
      commands: 'print STDOUT "commands ran\\n"\n',
    },
    argv: [PERL, '-d', 'script.pl'],
    env: {
      PERLDB_OPTS: DEBUGGER,
      PERL5DB: typed('source commands', 'source <commands', 'source  commands ', 'source +< commands', 'q'),
    },
    marked: ['script.pl', 'commands'],
    plain: [],
    system: OWN,
    placements: ['executable', 'plain'],
    says: ['commands ran'],
    refused: {
      says: ["Can't execute 'commands': Permission denied", "Can't execute '+< commands': Permission denied"],
      never: ['commands ran'],
      status: 0,
    },
  },
  {
    id: 'debugger-pipe',
    what: 'the command `source` of the debugger with a command behind it: a pipe, no file',
    files: { 'script.pl': hello('script'), commands: 'print STDOUT "commands ran\\n"\n' },
    argv: [PERL, '-d', 'script.pl'],
    env: { PERLDB_OPTS: DEBUGGER, PERL5DB: typed('source cat commands |', 'q') },
    marked: ['script.pl'],
    plain: ['commands'],
    system: OWN,
    says: ['commands ran'],
    refused: refusedScript('script.pl'),
  },
  {
    id: 'debugger-settings',
    what: '.perldb, which the debugger executes and says a word about where it may not',
    files: {
      'script.pl': { text: hello('script'), mode: 0o755 },
      '.perldb': 'print "settings ran\\n";\n',
    },
    argv: [PERL, '-d', 'script.pl'],
    env: { PERLDB_OPTS: DEBUGGER, PERL5DB: typed('q') },
    marked: ['script.pl', '.perldb'],
    plain: [],
    system: OWN,
    placements: ['executable', 'plain'],
    says: ['settings ran'],
    refused: {
      says: ["perldb: couldn't execute ./.perldb: Permission denied"],
      never: ['settings ran'],
      status: 0,
    },
  },
];
