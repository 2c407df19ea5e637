import type { Entry } from '../../src/target/contract.js';
export const entries: readonly Entry[] = [];
