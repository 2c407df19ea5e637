import type { Edit } from '../../../src/target/contract.ts';
import { readHunks } from '../../../src/target/read-hunks.ts';

/** The hunks of fixed text. What is worked out from the tree is an edit here, or in a file beside this one. */
export const edits: readonly Edit[] = [...readHunks('lua')];
