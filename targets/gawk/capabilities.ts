import type { Capability } from '../../src/target/contract.ts';

/** What differs from one tree of gawk to another, and the series depends on. */
export const capabilities: readonly Capability[] = [
  {
    id: 'own-printf',
    what: 'The functions of printf are in a file of their own, which stands behind nonposix.h in the lists of sources.',
    file: 'Makefile.am',
    has: /^\tprintf\.c \\$/m,
  },
  {
    id: 'persistent-memory',
    what: 'A file can be the heap: gawk has the allocator of persistent memory.',
    file: 'support/pma.c',
  },
];
