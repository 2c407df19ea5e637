import type { Refusal, Scenario } from '../../../src/target/scenario.ts';
import { denied, dialect } from '../dialect.ts';
import { DEBUGGER, OWN, PERL, hello } from './common.ts';

/** How perl ends that is given code that comes from no file, where that is denied. */
const refusal = (what: string, never?: readonly string[]): Refusal => ({
  says: [denied(what)],
  status: dialect.status,
  ...(never && { never }),
});

/** A script that may be executed: the file policies have no part in it. */
const TRUSTED = { 'script.pl': { text: hello('script'), mode: 0o755 } };

/** A command line with code of an option, and what says that it ran. */
const command = (
  id: string,
  what: string,
  argv: readonly string[],
  says: readonly string[],
  of: string,
): Scenario => ({
  id,
  what,
  files: argv.includes('script.pl') ? { ...TRUSTED, data: 'a b\n' } : { data: 'a b\n' },
  argv: [PERL, ...argv],
  marked: argv.includes('script.pl') ? ['script.pl'] : [],
  plain: argv.includes('data') ? ['data'] : [],
  system: OWN,
  says,
  denied: refusal(of),
  patch: 'commands',
});

/** Code that comes from no file. */
export const entries: readonly Scenario[] = [
  command(
    'command',
    '-e has /dev/null for a script, which is not marked',
    ['-e', 'print "command ran\\n"'],
    ['command ran'],
    '-e',
  ),
  command('command-loop', '-n and -e', ['-ne', 'print "loop ran\\n"', 'data'], ['loop ran'], '-e'),
  {
    ...command(
      'command-edits',
      '-i, -p and -e',
      ['-i', '-pe', 'print STDOUT "edit ran\\n"', 'data'],
      ['edit ran'],
      '-e',
    ),
    // It is written again under its name.
    traced: false,
  },
  command('command-feature', '-E', ['-E', 'say "command ran"'], ['command ran'], '-E'),
  command(
    'code-of-an-option',
    '-M with a program behind its module, which is in no file',
    ['-Mstrict;print "option ran\\n"', 'script.pl'],
    ['option ran', 'script ran'],
    'code of -M',
  ),
  {
    ...command(
      'code-of-a-word',
      '-M with a program behind its module in the next word',
      ['-M', 'strict;print "option ran\\n"', 'script.pl'],
      ['option ran', 'script ran'],
      'code of -M',
    ),
    where: 'module-switch-split',
  },
  command(
    'code-of-a-list',
    '-M with a list behind its module that is executed',
    ['-Mstrict print("option ran\\n") ? () : ()', 'script.pl'],
    ['option ran', 'script ran'],
    'code of -M',
  ),
  {
    ...command(
      'list-of-an-option',
      '-M with a list of names, tags and paths, and with a version',
      [
        '-Mconstant=ONE,1',
        '-MPOSIX=floor,:limits_h',
        '-Mopen=:std,:encoding(UTF-8)',
        '-Mlib=/usr/x-y,./z',
        '-M5.006',
        '-Mstrict 1.0',
        'script.pl',
      ],
      ['script ran'],
      '-M',
    ),
    denied: 'runs',
  },
  command(
    'evaluated-list',
    '-M with a list that its module makes code of',
    ['-MClass::Struct=x;BEGIN{print"option\\x20ran\\n"},$', 'script.pl'],
    ['option ran', 'script ran'],
    'code of -M',
  ),
  {
    ...command(
      'code-in-patterns',
      '-M that has code in a pattern be executed, for a program that is given one',
      ['-Mre=eval', 'search.pl', '(?{print"pattern ran\\n"})'],
      ['pattern ran', 'script ran'],
      'code of -M',
    ),
    marked: ['search.pl'],
    files: {
      'search.pl': {
        text: `print "found" if "x" =~ /$ARGV[0]/;\n${hello('script')}`,
        mode: 0o755,
      },
    },
  },
  command(
    'code-of-a-pattern',
    '-F with a block of code in its pattern',
    ['-F/a(?{print"pattern\\x20ran\\n"})/', 'script.pl', 'data'],
    ['pattern ran', 'script ran'],
    'code of -F',
  ),
  command(
    'code-of-a-string',
    '-F with code in what is interpolated',
    ['-F/${\\print"pattern\\x20ran\\n"}/', 'script.pl', 'data'],
    ['pattern ran', 'script ran'],
    'code of -F',
  ),
  {
    ...command('pattern', '-F with a pattern', ['-F/B\\s/i', 'script.pl', 'data'], ['script ran'], ''),
    denied: 'runs',
  },
  {
    ...command(
      'code-of-the-debugger',
      '-d: with a program behind its module',
      ['-d:One;print "option ran\\n"', 'script.pl'],
      ['option ran', 'script ran'],
      'code of -d',
    ),
    files: {
      ...TRUSTED,
      'lib/Devel/One.pm': { text: 'package DB;\nsub DB {}\n1;\n', mode: 0o755 },
    },
    argv: [PERL, '-Ilib', '-d:One;print "option ran\\n"', 'script.pl'],
    marked: ['lib/Devel/One.pm', 'script.pl'],
  },
  command(
    'code-of-a-backend',
    '-MO with the name of a backend that is executed',
    [`-MO=Deparse-exec+v${Buffer.from('echo backend ran').join('.')}.`, 'script.pl'],
    ['backend ran'],
    'code of -M',
  ),
  command(
    'code-of-a-prototype',
    '-Mautouse with a prototype that is executed',
    ['-Mautouse=POSIX,floor(){};print"prototype\\x20ran\\n";sub(x)', 'script.pl'],
    ['prototype ran', 'script ran'],
    'code of -M',
  ),
  {
    id: 'stdin',
    what: 'a program on the standard input opens nothing',
    files: {},
    argv: [PERL, '-', 'argument'],
    input: 'print "$ARGV[0] read\\n";\n',
    marked: [],
    plain: [],
    system: OWN,
    says: ['argument read'],
    denied: refusal('the standard input'),
    patch: 'commands',
  },
  {
    id: 'stdin-offset',
    what: 'the rest of a file on the standard input that something else has read the beginning of',
    files: { 'script.pl': `print "beginning ran\\n";\n${hello('rest')}` },
    argv: ['/bin/sh', '-c', '(read -r line; exec "$0") <script.pl', PERL],
    marked: [],
    plain: ['script.pl'],
    passing: ['script.pl'],
    says: ['rest ran'],
    denied: refusal('the standard input'),
    patch: 'commands',
  },
  {
    id: 'debugger-prompt',
    what: 'what is typed at the prompt of the debugger',
    files: TRUSTED,
    argv: [PERL, '-d', 'script.pl'],
    env: { PERLDB_OPTS: 'ReadLine=0' },
    typed: 'print STDOUT "typed", " ran\\n"\nq\n',
    marked: ['script.pl'],
    plain: [],
    traced: false,
    says: ['typed ran'],
    denied: refusal('commands of the debugger'),
    patch: 'commands',
  },
  {
    id: 'debugger-terminal',
    what: 'commands for the debugger from a file that PERLDB_OPTS names as its terminal',
    files: { ...TRUSTED, typed: 'print STDOUT "typed", " ran\\n"\nq\n' },
    argv: [PERL, '-d', 'script.pl'],
    env: { PERLDB_OPTS: DEBUGGER.replace('/dev/null', 'typed') },
    marked: ['script.pl', 'typed'],
    plain: [],
    system: OWN,
    // A noexec mount would refuse the script as well.
    placements: ['executable', 'plain', 'owner'],
    says: ['typed ran'],
    // It reads the standard input then, which has nothing.
    refused: { says: [], never: ['typed ran'], status: 0 },
    denied: refusal('commands of the debugger'),
    patch: 'commands',
  },
];
