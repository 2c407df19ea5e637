import type { Edit } from '../../src/target/contract.js';
export const documentation: readonly Edit[] = [];
