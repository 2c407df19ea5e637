import type { Edit } from '../../../src/target/contract.js';
import { readHunks } from '../../../src/target/read-hunks.js';
import { loadable } from './loadable.js';
import { news } from './news.js';
import { prototypes } from './prototypes.js';
import { source } from './source.js';

/** The hunks of fixed text, and what is worked out from the tree. */
export const edits: readonly Edit[] = [...readHunks('bash'), ...prototypes, ...source, ...loadable, ...news];
