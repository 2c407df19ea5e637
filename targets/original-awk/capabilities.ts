import type { Capability } from '../../src/target/contract.ts';

/** What some trees of original-awk have and others have not, and edits or scenarios depend on. */
export const capabilities: readonly Capability[] = [
  {
    id: 'csv',
    what: 'It reads records of comma-separated values: --csv.',
    file: 'main.c',
    has: '"--csv"',
  },
  {
    id: 'utf-8',
    what: 'It knows UTF-8, so classes of regular expressions are arrays of integers.',
    file: 'b.c',
    has: /^int \*cclenter\(/m,
  },
];
