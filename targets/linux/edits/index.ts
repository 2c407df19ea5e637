import type { Edit } from '../../../src/target/contract.js';
import { readHunks } from '../../../src/target/read-hunks.js';
import { enforce } from './enforce.js';
import { flag } from './flag.js';

/** The hunks of fixed text, and what is worked out from the tree. */
export const edits: readonly Edit[] = [...readHunks('linux'), ...flag, ...enforce];
