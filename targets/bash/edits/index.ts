import type { Edit } from '../../../src/target/contract.js';
import { readHunks } from '../../../src/target/read-hunks.js';
import { commands } from './commands.js';
import { environment } from './environment.js';
import { loadable } from './loadable.js';
import { news } from './news.js';
import { prototypes } from './prototypes.js';
import { source } from './source.js';
import { translations } from './translations.js';

/** The hunks of fixed text, and what is worked out from the tree. */
const all: readonly Edit[] = [
  ...readHunks('bash'),
  ...prototypes,
  ...source,
  ...loadable,
  ...commands,
  ...environment,
  ...translations,
  ...news,
];

/** The patch of inputrc goes with the tree's readline: where the system's is used, there is nothing to change. */
export const edits = all.map((edit): Edit =>
  edit.patch === 'inputrc' ? { ...edit, where: ['bundled-readline', ...[edit.where ?? []].flat()] } : edit,
);
