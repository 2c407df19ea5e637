import type { Scenario } from '../../../src/target/scenario.ts';
import { every, hello, trusted, ZSH } from './common.ts';

/**
 * A script that may be executed compiles a file, which gets the mode of its source, and takes the source away.
 *
 * @param options of zcompile: -M for a file that will be mapped, -R for one that will be read
 */
const compile = (options: string, source: string, made: string): string =>
  [
    `zcompile ${options} new ${source}`,
    `chmod --reference=${source} new.zwc`,
    `mv new.zwc ${made}`,
    `mv ${source} gone`,
  ].join('\n');

type Shared = Pick<Scenario, 'env' | 'system' | 'argv' | 'placements'>;

const shared: Shared = {
  ...every,
  argv: [ZSH, 'script.zsh'],
  // A noexec mount would refuse the script as well.
  placements: ['executable', 'plain'],
};

/** A compiled file in the place of a source that is sourced. */
const dot = (id: string, what: string, options: string): Scenario => ({
  ...shared,
  id,
  what,
  files: {
    'lib.zsh': hello('lib'),
    'script.zsh': trusted(`${compile(options, 'lib.zsh', 'lib.zsh.zwc')}\n. ./lib.zsh; echo "status $?"\n`),
  },
  marked: ['script.zsh', 'lib.zsh.zwc'],
  judged: ['lib.zsh'],
  plain: ['lib.zsh', 'new.zwc'],
  says: ['lib ran', 'status 0'],
  refused: {
    says: ['no such file or directory: ./lib.zsh', 'status 127'],
    never: ['lib ran'],
    status: 0,
  },
});

/** A compiled file in the place of a function. */
const greet = (
  id: string,
  what: string,
  options: string,
  made: string,
  fpath: string,
  says: readonly string[],
): Scenario => ({
  ...shared,
  id,
  what,
  files: {
    'lib/greet': hello('greet'),
    'script.zsh': trusted(
      `${compile(options, 'lib/greet', made)}\nfpath=(${fpath}); autoload greet; greet; echo "status $?"\n`,
    ),
  },
  marked: ['script.zsh', made],
  judged: ['lib/greet'],
  plain: ['lib/greet', 'new.zwc'],
  says: ['greet ran', 'status 0'],
  refused: { says: [...says, 'definition file not found'], never: ['greet ran'], status: 0 },
});

/**
 * A compiled file that is exchanged between the opens of its head and of the rest. Both files have the same layout, so
 * that either head fits. Until both ran, or many times: where one may not run, it never does.
 */
const race = (id: string, options: string): Scenario => ({
  ...shared,
  id,
  what: `a compiled file (zcompile ${options}) that is exchanged between the opens of its head and of the rest`,
  files: {
    good: trusted('good=1\n'),
    evil: 'evil=1\n',
    'script.zsh': trusted(
      [
        `for one in good evil; do cp $one lib; zcompile ${options} $one lib; chmod --reference=$one $one.zwc; done; rm lib`,
        'zmodload zsh/files; ln -s good.zwc lib.zwc',
        'while :; do ln -s evil.zwc new; mv -f new lib.zwc; ln -s good.zwc new; mv -f new lib.zwc; done & changing=$!',
        'for run in {1..20000}; do',
        '  . ./lib 2>/dev/null',
        '  [[ $good$evil = 11 ]] && break',
        'done',
        'kill $changing; wait $changing 2>/dev/null',
        'echo "good ${good:-0} evil ${evil:-0}"',
        '',
      ].join('\n'),
    ),
  },
  marked: ['script.zsh', 'lib.zwc'],
  judged: ['evil'],
  plain: [],
  traced: false,
  says: ['good 1 evil 1'],
  refused: { says: ['good 1 evil 0'], status: 0 },
});

/** What zcompile has written, which is executed in the place of a source. */
export const compiled: readonly Scenario[] = [
  dot('compiled-mapped', 'the compiled form of a file that is sourced, mapped', '-M'),
  dot('compiled-read', 'the compiled form of a file that is sourced, read', '-R'),
  greet(
    'compiled-function',
    'the compiled form of a function, mapped',
    '-M',
    'lib/greet.zwc',
    '$PWD/lib',
    [],
  ),
  greet(
    'compiled-function-read',
    'the compiled form of a function, read',
    '-R',
    'lib/greet.zwc',
    '$PWD/lib',
    [],
  ),
  greet('compiled-folder', 'the compiled functions of a folder', '-M', 'lib.zwc', '$PWD/lib', []),
  greet(
    'compiled-fpath',
    'a compiled file in fpath itself: the refusal is reported',
    '-M',
    'all.zwc',
    '$PWD/all.zwc',
    ['permission denied: {folder}/all.zwc'],
  ),
  {
    ...shared,
    id: 'compiled-startup',
    what: 'the compiled form of .zshenv, in the place of a source that is not there',
    files: {
      zshenv: hello('zshenv'),
      'home/': '',
      'inner.zsh': trusted(hello('inner')),
      'script.zsh': trusted(
        `mkdir -p text; cp zshenv text/.zshenv; zcompile new text/.zshenv\nchmod --reference=zshenv new.zwc; mv new.zwc home/.zshenv.zwc\nZDOTDIR=$PWD/home $ZSH inner.zsh\n`,
      ),
    },
    env: { ...every.env, ZSH },
    marked: ['script.zsh', 'inner.zsh', 'home/.zshenv.zwc', 'home/.zshenv'],
    judged: ['zshenv'],
    plain: [],
    traced: false,
    says: ['zshenv ran\ninner ran'],
    refused: { says: ['inner ran'], never: ['zshenv ran'], status: 0 },
  },
  {
    ...shared,
    id: 'compiled-fallback',
    what: 'a compiled file that is refused: its source is judged, and read in its place',
    files: {
      'lib.zsh': trusted(hello('lib')),
      'script.zsh': trusted('zcompile lib.zsh; chmod 444 lib.zsh.zwc\n. ./lib.zsh; echo "status $?"\n'),
    },
    marked: ['script.zsh', 'lib.zsh', 'lib.zsh.zwc'],
    plain: [],
    // Which of the two is read depends on the policy.
    traced: false,
    says: ['lib ran', 'status 0'],
  },
  {
    ...shared,
    id: 'compiled-names',
    what: 'autoload -w takes the names of functions from a compiled file',
    files: {
      'lib/greet': hello('greet'),
      'script.zsh': trusted(
        `${compile('-M', 'lib/greet', 'all.zwc')}\nfpath=($PWD/all.zwc); autoload -w all; echo "status $?"\n`,
      ),
    },
    marked: ['script.zsh', 'all.zwc'],
    judged: ['lib/greet'],
    plain: ['lib/greet', 'new.zwc'],
    says: ['status 0'],
    refused: { says: ["can't open zwc file: all.zwc", 'status 1'], never: ['status 0'], status: 0 },
  },
  {
    ...shared,
    id: 'compiled-listed',
    what: 'zcompile -t lists a compiled file: it is data',
    files: {
      'lib.zsh': hello('lib'),
      'script.zsh': trusted(
        `${compile('-M', 'lib.zsh', 'all.zwc')}\nzcompile -t all; zcompile -t all lib.zsh; echo "status $?"\n`,
      ),
    },
    marked: ['script.zsh'],
    plain: ['lib.zsh', 'new.zwc', 'all.zwc'],
    says: ['zwc file (mapped)', 'status 0'],
  },
  race('compiled-race-mapped', '-M'),
  race('compiled-race-read', '-R'),
];
