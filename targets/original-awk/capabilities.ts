import type { Capability } from '../../src/target/contract.ts';

/** What some trees of original-awk have and others have not, and edits or scenarios depend on. */
export const capabilities: readonly Capability[] = [
  {
    id: 'csv',
    what: 'It reads records of comma-separated values: --csv.',
    file: 'main.c',
    has: '"--csv"',
  },
];
