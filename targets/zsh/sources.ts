import type { Language, NotShipped } from '../../src/target/contract.ts';

/**
 * C, and its headers. The functions that zsh comes with are in its own language: they open files by builtins of the
 * shell, which are the sites.
 */
export function language(file: string): Language | undefined {
  return /\.[ch]$/.test(file) ? 'c' : undefined;
}

/** Sources that are not installed. */
export const notShipped: readonly NotShipped[] = [
  { files: /^debian\//, why: "the distribution's packaging" },
];

/** Branches that no build for Linux has. */
export const dead: readonly RegExp[] = [
  /^0$/,
  /^(?:defined ?\(?)?(?:AIXDYNAMIC|HPUX10DYNAMIC|__CYGWIN__|_OSD_POSIX)\)?$/,
];
