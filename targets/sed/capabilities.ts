import type { Capability } from '../../src/target/contract.ts';

/** What differs from one tree of sed to another, and the series or the scenarios depend on: nothing. */
export const capabilities: readonly Capability[] = [];
