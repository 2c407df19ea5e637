import type { Language, NotShipped } from '../../src/target/contract.ts';

/** What a file is written in, by its name. */
export function language(file: string): Language | undefined {
  return /\.(?:c|h)$/.test(file) ? 'c' : undefined;
}

/** What is in the tree and is not installed. */
export const notShipped: readonly NotShipped[] = [
  { files: /^(?:gnulib-tests|testsuite)\//, why: 'tests' },
  {
    files: /^lib\/.+\.in\.h$/,
    why: 'what the build makes headers of, which declare functions of libc or name their replacements: nothing is opened there',
  },
  { files: /^debian\//, why: "the distribution's packaging" },
];

/** Conditions of #if under which nothing is compiled in any build that is served. */
export const dead: readonly RegExp[] = [/^0$/];
