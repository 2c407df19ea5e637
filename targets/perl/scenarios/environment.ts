import type { Refusal, Scenario } from '../../../src/target/scenario.ts';
import { OWN, PERL, hello } from './common.ts';

/** What becomes of a variable that is code where that is denied: it is ignored, and the program goes on. */
const ignored = (variable: string, { status = 0, says = ['script ran'] } = {}): Refusal => ({
  says: [`Ignoring ${variable} (SECBIT_EXEC_DENY_INTERACTIVE): Permission denied`, ...says],
  never: ['variable ran'],
  status,
});

const variable = (
  id: string,
  what: string,
  env: Readonly<Record<string, string>>,
  denied: Refusal | 'runs',
): Scenario => ({
  id,
  what,
  files: {
    'script.pl': { text: hello('script'), mode: 0o755 },
    'lib/Devel/One.pm': { text: 'package DB;\nsub DB {}\n1;\n', mode: 0o755 },
  },
  argv: [PERL, '-Ilib', ...('PERL5OPT' in env ? [] : ['-d']), 'script.pl'],
  env,
  marked: ['script.pl'],
  plain: [],
  system: OWN,
  says: denied === 'runs' ? ['script ran'] : ['variable ran'],
  denied,
  patch: 'environment',
});

/** A program in the environment. Blanks part the switches of PERL5OPT. */
const CODE = 'print"variable\\x20ran\\n"';

/** Variables that are code, or hold some. */
export const environment: readonly Scenario[] = [
  variable(
    'code-of-a-variable',
    'PERL5OPT with a program behind its module, which is in no file',
    { PERL5OPT: `-w -Mstrict;${CODE}` },
    ignored('PERL5OPT'),
  ),
  variable(
    'variable-with-a-list',
    'PERL5OPT with modules, a list and a version',
    { PERL5OPT: '-w -Mconstant=ONE,1 -Mopen=:std,:encoding(UTF-8) -M5.006' },
    'runs',
  ),
  variable(
    'evaluated-list-of-a-variable',
    'PERL5OPT with a list that its module makes code of',
    { PERL5OPT: `-MClass::Struct=x;BEGIN{${CODE}},$` },
    ignored('PERL5OPT'),
  ),
  {
    ...variable(
      'switch-of-a-package',
      '-s with a variable of a package, which evaluates it',
      {},
      ignored('a variable of a package in -s'),
    ),
    files: {
      'script.pl': { text: `eval $One::code if $One::code; ${hello('script')}`, mode: 0o755 },
    },
    argv: [PERL, '-s', 'script.pl', `-One::code=${CODE}`],
  },
  variable(
    'debugger-text',
    'PERL5DB: text from the environment',
    { PERL5DB: `BEGIN { ${CODE} } sub DB::DB {}`, PERLDB_OPTS: 'NonStop' },
    ignored('PERL5DB'),
  ),
  {
    ...variable(
      'debugger-text-behind',
      'PERL5DB: text behind what -d: makes of it',
      { PERL5DB: `use Devel::One split(/,/,q{});${CODE}`, PERLDB_OPTS: 'NonStop' },
      ignored('PERL5DB'),
    ),
    marked: ['lib/Devel/One.pm', 'script.pl'],
  },
  {
    ...variable(
      'debugger-module',
      'PERL5DB: what -d: makes of it',
      { PERL5DB: 'use Devel::One split(/,/,q{a,b});' },
      'runs',
    ),
    marked: ['lib/Devel/One.pm', 'script.pl'],
  },
  variable(
    'debugger-options',
    'PERLDB_OPTS with a command that gets the lines',
    { PERLDB_OPTS: "NonStop LineInfo='|echo variable ran; cat'" },
    // What is ignored with it would have kept the debugger from its prompt.
    ignored('PERLDB_OPTS', { status: 13, says: ["Can't execute commands of the debugger"] }),
  ),
  variable(
    'debugger-restart',
    'what the debugger leaves to itself in the environment when it starts a program again',
    {
      PERLDB_OPTS: 'NonStop',
      PERLDB_RESTART: '1',
      PERLDB_VISITED_n: '1',
      PERLDB_VISITED_0: 'script.pl',
      PERLDB_FILE_ENABLED_0_n: '1',
      PERLDB_FILE_ENABLED_0_0: '1',
      PERLDB_FILE_0_n: '2',
      PERLDB_FILE_0_0: '1',
      PERLDB_FILE_0_1: `(${CODE}) && 0`,
    },
    ignored('PERLDB_RESTART'),
  ),
  {
    ...variable(
      'readline-module',
      'PERL_RL with a program behind its module',
      { PERL_RL: `One;${CODE}` },
      ignored('PERL_RL'),
    ),
    files: {
      'script.pl': { text: `require Term::ReadLine;\n${hello('script')}`, mode: 0o755 },
      'lib/Term/ReadLine/One.pm': { text: '1;\n', mode: 0o755 },
    },
    argv: [PERL, '-Ilib', 'script.pl'],
    marked: ['script.pl', 'lib/Term/ReadLine/One.pm'],
  },
];
