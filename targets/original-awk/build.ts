import type { BuildRecipe } from '../../src/target/contract.ts';
import {
  formatTests,
  FORMAT_TESTS,
  quoted,
  SANITIZED,
  SANITIZER,
  UNSAFE,
  USUAL,
} from '../../src/target/awk-formats.ts';
import type { OwnTests, Rebuild, Variant } from '../../src/target/scenario.ts';

/**
 * There is no configure: what the makefile is to be called with is kept in a file. With two jobs it runs bison twice at
 * a time.
 */
const CONFIGURE = `printf '%s\\n' "$@" >mayexec-options`;
const MAKE =
  'while read -r word; do [ -z "$word" ] || set -- "$@" "$word"; done <mayexec-options; exec make "$@" -j1';

/** How original-awk is built, by its makefile. */
export const recipe: BuildRecipe = {
  configure: ['sh', '-c', CONFIGURE, 'configure'],
  make: ['sh', '-c', MAKE, 'make'],
  binary: 'a.out',
  packages: ['bison', 'gcc', 'libc6-dev', 'make'],
};

/** What makes the compiler say more. */
export const warnings = ['CFLAGS=-g -O2 -Wall -Wextra'];

/** No optimisation: each call is where the source has it, and no function is part of another. */
export const unoptimised = ['CFLAGS=-O0 -g'];

/** Functions of libraries that open files of their own, each with the reason why these are no code of the interpreter's. */
export const libraryOpens: Readonly<Record<string, string>> = {};

/**
 * Its programs, and then what `make test` runs beside them, without the tests that measure time. The makefile has the
 * output of the programs compared with that of another awk; here it is printed.
 */
const TESTS = [
  'gcc echo.c -o echo',
  'for i in t.*; do echo "$i:"; $awk -f $i test.data 2>&1; done',
  'for i in p.? p.??*; do echo "$i:"; $awk -f $i test.countries test.countries 2>&1; done',
  'for i in T.*; do sh $i 2>&1; done',
  'cd ../bugs-fixed && sh REGRESS',
].join('\n');

export const ownTests: OwnTests = {
  make: [],
  copy: [],
  folder: 'testdir',
  command: ['sh', '-c', TESTS],
  single: ['sh', '-c', TESTS],
  env: { PATH: '.:/usr/local/bin:/usr/bin:/bin', awk: '../a.out', oldawk: 'awk' },
  heading: /^(?:=== )?([tpT]\.\S+?|\S+\.awk)(?::.*)?$/,
  harmless: /^$/,
  atLeast: 250,
  noise: [
    { find: /^-rwx.* (?=\S*a\.out$)/gm, put: '', why: 'a listing with the size and the day of the program' },
  ],
  timeout: 600_000,
  supervised: true,
};

/** Formats that people give awk, and that it takes. */
const TAKEN = [...USUAL, ...['%a', '%.2f%%', '%%%+08.2e']];

/** Formats that do more than print a number. */
const REFUSED = [...UNSAFE, ...['%1000d', '%.1000f', '%01000f']];

/** Pieces of regular expressions. All sequences of up to three of them are tried. */
const PIECES = ['a', '(', ')', '|', '^', '{0}', '{1}', '{2,3}', '[[.'];

/** Regular expressions that had awk leave its buffers, each for another reason. */
const EXPRESSIONS = [
  ...[
    'a{0,2}{1}{3}',
    '(aaaa){715827884}',
    'a{99999999999}',
    '((a{60000}){60000}){2}',
    'x[[=',
    '[a',
    'x\\',
    '[\\',
  ],
  ...["'?{0,}+{10,20}{1}", `[[:print:][:print:][:print:]${'b'.repeat(100)}]`, '\u00e9{2}{2}'],
  `[${'abcdefghij'.repeat(10)}]`,
];

/** Uses a regular expression in every place for one: as FS, and by the functions and the operator. */
const USES = String.raw`{
  expression = ENVIRON["EXPRESSION"]
  print split($0, parts, expression), match($0, expression), ($0 ~ expression), sub(expression, "x"), $1
}`;

/** Tests for a sanitized build: no regular expression may have awk read or write where it must not. */
const EXPRESSION_TESTS = [
  SANITIZER,
  `cat >uses.awk <<'END'\n${USES}\nEND`,
  'try() { out=$(echo abc aabb 1x | EXPRESSION=$1 ../a.out -F "$1" -f uses.awk 2>&1); case $? in 0|2) ;;',
  `*) echo "$1: $(echo "$out" | grep -a -m1 -e SUMMARY -e 'runtime error')" ;; esac; }`,
  'pieces() { for piece in $PIECES; do try "$2$piece"; [ $1 = 1 ] || (pieces $(($1 - 1)) "$2$piece"); done; }',
  `PIECES='${PIECES.join(' ')}'`,
  'set -f',
  'echo T.pieces:; pieces 3 ""',
  ...EXPRESSIONS.map((expression, index) => `echo T.expression-${index}:; try ${quoted(expression)}`),
].join('\n');

/** Other configurations. */
export const variants: readonly Variant[] = [
  {
    id: 'sanitized',
    what: 'formats and regular expressions of the command line where code from no file is denied, with sanitizers',
    configure: [...recipe.configure, `CC=gcc ${SANITIZED} -DMAYEXEC_DENY_INTERACTIVE`],
    make: recipe.make,
    tests: {
      command: [
        'sh',
        '-c',
        [
          formatTests({
            interpreter: '../a.out',
            heading: (name) => `T.${name}:`,
            refusal: "can't execute format of ",
            most: 999,
            taken: TAKEN,
            refused: REFUSED,
          }),
          EXPRESSION_TESTS,
        ].join('\n'),
      ],
      atLeast: FORMAT_TESTS + EXPRESSIONS.length + 1,
    },
  },
];

/** A changed file is compiled, and the interpreter linked again. */
export const rebuild: Rebuild = { commands: [['sh', '-c', MAKE, 'make']] };
