/** What tests of the formats of CONVFMT and OFMT have to know of an interpreter of AWK. */
export interface FormatTests {
  /** The program, seen from the folder where the tests run. */
  readonly interpreter: string;
  /** The line that begins a test, as `ownTests` of the target reads it. */
  readonly heading: (name: string) => string;
  /** A part of the message by which a format is refused. */
  readonly refusal: string;
  /** The largest width and precision of a format that is taken; one more is refused. */
  readonly most: number;
  /** Formats that programs use: they must be taken. */
  readonly taken: readonly string[];
  /** Formats that must be refused with that message. */
  readonly refused: readonly string[];
}

/** Formats that people give AWK, which every series takes. */
export const USUAL: readonly string[] = [
  ...['%.6g', '%.2f', '%d', '%i', '%f', '%lf', "%'d", '%e', '%x', '%5.1f', 'x', ''],
];

/** Formats that do more than print one number, which every series refuses. */
export const UNSAFE: readonly string[] = [
  ...[
    '%n',
    '%s',
    '%p',
    '%lc',
    '%ld',
    '%lx',
    '%hhn',
    '%Lf',
    '%*d',
    '%.*f',
    '%1$f',
    '%f%f',
    '%d%n',
    '%%%n',
    '%',
    '%.',
  ],
];

/** The compiler's options that end a program at the first access outside of an object, and at undefined behaviour. */
export const SANITIZED = '-g -O1 -fsanitize=address,undefined -fno-sanitize-recover=undefined';

/** What the shell needs to be told, to tell the end of a sanitized program from any other. */
export const SANITIZER = 'export ASAN_OPTIONS=detect_leaks=0:exitcode=99 UBSAN_OPTIONS=exitcode=99';

/** Conversions, those that C does not have as well. */
const CONVERSIONS = 'a A c d e E f F g G i n o p s u x X'.split(' ');

/** Makes strings of numbers, by every way that uses CONVFMT, and prints them; the largest has 309 digits. */
const NUMBERS = String.raw`BEGIN {
  n = split("1.7976931348623157e308 -1.7976931348623157e308 1e300 5e-324 0.1 -2.5 123456789.25 1e15", values)
  for (i = 1; i <= n; i++) {
    x = values[i] + 0
    array[x] = x ""
    delete array[x]
    $3 = x
    y = $0
    print x
    printf "%d %s\n", x, x
  }
}`;

/**
 * Tests for a build with {@link SANITIZED} that denies code from no file: no format that it takes from the command line
 * may have it write or read where it must not. Each conversion is tried with and without text, flags, width, precision
 * and a length.
 *
 * @returns a text for `sh`: a heading for each test, and a line for each format that ends another way than it should
 */
export function formatTests(tests: FormatTests): string {
  const { interpreter, heading, refusal, most, taken, refused } = tests;
  const head = (name: string): string => `echo ${quoted(heading(name))}`;
  return [
    SANITIZER,
    `cat >numbers.awk <<'END'\n${NUMBERS}\nEND`,
    `try() { out=$(${interpreter} -v "CONVFMT=$1" -v "OFMT=$1" -f numbers.awk 2>&1 </dev/null); status=$?; }`,
    `wrong() { echo "$1 ends with $status: $(echo "$out" | grep -a -m1 -e SUMMARY -e 'runtime error' -e awk:)"; }`,
    `each() { for text in '' ${'t'.repeat(85)}; do for flags in '' "'" "-+ #0'"; do for width in '' ${most} ${most + 1}; do`,
    `for precision in '' .${most} .${most + 1}; do for length in '' l; do`,
    'format="$text%$flags$width$precision$length$1"; try "$format"; case $status in 0|2) ;; *) wrong "$format" ;; esac',
    'done; done; done; done; done; }',
    ...CONVERSIONS.flatMap((conversion) => [head(`format-${conversion}`), `each ${conversion}`]),
    head('format-taken'),
    `for format in ${taken.map(quoted).join(' ')}; do try "$format"; [ $status = 0 ] || wrong "$format"; done`,
    head('format-refused'),
    `for format in ${refused.map(quoted).join(' ')}; do try "$format"`,
    `case $status$out in 2*${quoted(refusal)}*) ;; *) wrong "$format" ;; esac; done`,
  ].join('\n');
}

/** How many tests {@link formatTests} makes. */
export const FORMAT_TESTS = CONVERSIONS.length + 2;

/** A text as a word of the shell. */
export const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
