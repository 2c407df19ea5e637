import type { Edit } from '../../src/target/contract.js';
export const suite: readonly Edit[] = [];
