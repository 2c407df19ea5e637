import type { Wrapper } from '../../src/target/contract.ts';

/** What original-awk opens, the function that holds the open names itself, or a caller in the same file. */
export const wrappers: readonly Wrapper[] = [];
