import type { Language, Mask, NotShipped } from '../../src/target/contract.ts';

/** C, and the Perl that runs the tests. */
export function language(file: string): Language | undefined {
  if (/\.[ch]$/.test(file)) return 'c';
  return file.endsWith('.pl') ? 'perl' : undefined;
}

/** Sources that are not installed. */
export const notShipped: readonly NotShipped[] = [
  { files: /^check\.pl$/, why: 'runs the tests' },
  { files: /^(?:os2|jehanne)\.c$/, why: 'compiled for OS/2 and Jehanne only' },
  { files: /^debian\//, why: "the distribution's packaging" },
];

/** No file holds another language. */
export const masks: readonly Mask[] = [];

/** Branches that no build for Linux has, and those of its log for debugging. */
export const dead: readonly RegExp[] = [/^(?:defined\s*)?\(?(?:DEBUG|DF|MKSH_ENVDIR|__OS2__)\)?$/, /^0$/];
