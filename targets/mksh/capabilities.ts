import type { Capability } from '../../src/target/contract.ts';

/** What differs from one tree of mksh to another, and scenarios depend on. */
export const capabilities: readonly Capability[] = [
  {
    id: 'byte-order-mark',
    what: 'It skips a byte order mark before the first line of a program that execve does not know.',
    file: 'exec.c',
    has: /skip UTF-8 Byte Order Mark/,
  },
];
