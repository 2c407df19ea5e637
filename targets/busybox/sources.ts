import type { Language, Mask, NotShipped } from '../../src/target/contract.ts';

/** Busybox is C; what Perl and shell the tree has works on its sources. */
export function language(file: string): Language | undefined {
  return /\.(?:c|h)$/.test(file) ? 'c' : undefined;
}

/** Sources that are not installed. */
export const notShipped: readonly NotShipped[] = [
  { files: /^scripts\//, why: 'runs during the build: kconfig, fixdep and the like' },
  {
    files: /^applets\/(?:usage(?:_pod)?|applet_tables)\.c$/,
    why: 'runs during the build: makes the tables of applets',
  },
  { files: /^testsuite\//, why: 'the tests of busybox' },
  { files: /^(?:shell\/(?:ash|hush)_test|shell\/shell_common_test)\//, why: 'the tests of the shells' },
  { files: /^(?:examples|docs|configs|klibc-utils|qemu_multiarch_testing)\//, why: 'examples, and pages' },
  { files: /^debian\//, why: "the distribution's packaging" },
];

/** No file holds another language. */
export const masks: readonly Mask[] = [];

/** Branches that no build for Linux has. */
export const dead: readonly RegExp[] = [/^0$/, /^(?:defined )?\(?USING_LSEEK_TO_GET_SIZE\)?$/];
