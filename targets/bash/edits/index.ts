import type { Edit } from '../../../src/target/contract.ts';
import { readHunks } from '../../../src/target/read-hunks.ts';
import { commands } from './commands.ts';
import { environment } from './environment.ts';
import { loadable } from './loadable.ts';
import { news } from './news.ts';
import { prototypes } from './prototypes.ts';
import { source } from './source.ts';
import { translations } from './translations.ts';

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
