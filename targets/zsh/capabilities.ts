import type { Capability } from '../../src/target/contract.ts';

/** What differs from one tree of zsh to another, and the series depends on. */
export const capabilities: readonly Capability[] = [];
