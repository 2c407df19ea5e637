import type { Edit } from '../../../src/target/contract.ts';
import { readHunks } from '../../../src/target/read-hunks.ts';
import { makefile } from './makefile.ts';

/** The hunks of fixed text, and what is worked out from the tree. */
export const edits: readonly Edit[] = [...readHunks('sed'), ...makefile];
