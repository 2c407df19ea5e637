import type { Capability } from '../../src/target/contract.ts';

/** What differs from one tree of busybox to another, and the series depends on. */
export const capabilities: readonly Capability[] = [
  {
    id: 'awk-getopt',
    what: 'awk takes its options one by one, and has -E.',
    file: 'editors/awk.c',
    has: "case 'E':",
  },
  {
    id: 'hush-show-prompt',
    what: 'hush reads a line at a prompt in show_prompt_and_get_stdin.',
    file: 'shell/hush.c',
    has: 'static int show_prompt_and_get_stdin(',
  },
  {
    id: 'sh-open',
    what: "ash opens files by a function of its own, as dash does, and says can't open FILE without quotes.",
    file: 'shell/ash.c',
    has: 'static int sh_open(const char *pathname, int flags, int mayfail)',
  },
];
