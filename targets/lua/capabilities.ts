import type { Capability } from '../../src/target/contract.ts';

/** What some trees of Lua have and others have not, and edits depend on. */
export const capabilities: readonly Capability[] = [
  {
    id: 'likely',
    what: 'It tells the compiler which conditions are unlikely.',
    file: 'src/loadlib.c',
    has: /l_unlikely\(f == NULL\)/,
  },
];
