import type { Language, Mask, NotShipped } from '../../src/target/contract.ts';

/** C, and the pattern that mknodes makes a C file of. */
export function language(file: string): Language | undefined {
  return /\.(?:c|h|c\.pat)$/.test(file) ? 'c' : undefined;
}

/** Sources that are not installed. */
export const notShipped: readonly NotShipped[] = [
  { files: /^src\/mk(?:init|nodes|signames|syntax)\.c$/, why: 'runs during the build of dash' },
  { files: /^debian\//, why: "the distribution's packaging" },
];

/** No file holds another language. */
export const masks: readonly Mask[] = [];

/** Branches that no build for Linux has. */
export const dead: readonly RegExp[] = [/^(?:defined )?\(?(?:DEBUG|notyet|notdef|mkinit)\)?$/, /^0$/];
