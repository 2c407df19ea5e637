import type { Language, NotShipped } from '../../src/target/contract.ts';

/** What a file is written in, by its name. */
export function language(file: string): Language | undefined {
  if (/\.(?:c|h|y|l)$/.test(file)) return 'c';
  return undefined;
}

/** What is in the tree and is not installed. */
export const notShipped: readonly NotShipped[] = [
  { files: /^maketab\.c$/, why: 'writes a table during the build' },
  { files: /^testdir\//, why: 'tests' },
];

/** Conditions of #if under which nothing is compiled in any build that is served. */
export const dead: readonly RegExp[] = [/^0$/];
