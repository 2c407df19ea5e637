import type { Edit } from '../../src/target/contract.js';
import { since } from './source-text.js';

/** Columns of a tab. */
const TAB = 8;

/** A test in t/run, and its line in the manifest, whose second column is elsewhere in each series. */
export const suite: readonly Edit[] = [
  { patch: 'tests', create: 't/run/mayexec.t', template: 'mayexec.t.ejs' },
  {
    patch: 'tests',
    file: 'MANIFEST',
    changes: [
      {
        find: /^t\/run\/noswitch\.t\t+/m,
        put: 'before',
        text: (_match, release) => {
          const name = 't/run/mayexec.t';
          const column = since(release, 40) ? 5 * TAB : 3 * TAB;
          return `${name}${'\t'.repeat(Math.ceil((column - name.length) / TAB))}Test files that are executed.\n`;
        },
      },
    ],
  },
];
