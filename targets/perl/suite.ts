import type { Edit, Release } from '../../src/target/contract.js';
import { since } from './source-text.js';

/** Columns of a tab. */
const TAB = 8;

/** A line of the manifest, whose second column is elsewhere in each series. */
export function manifestLine(release: Release, name: string, what: string): string {
  const column = since(release, 40) ? 5 * TAB : 3 * TAB;
  return `${name}${'\t'.repeat(Math.ceil((column - name.length) / TAB))}${what}\n`;
}

/** A test in t/run, and its line in the manifest. */
export const suite: readonly Edit[] = [
  { patch: 'tests', create: 't/run/mayexec.t', template: 'mayexec.t.ejs' },
  {
    patch: 'tests',
    file: 'MANIFEST',
    changes: [
      {
        find: /^t\/run\/noswitch\.t\t+/m,
        put: 'before',
        text: (_match, release) => manifestLine(release, 't/run/mayexec.t', 'Test files that are executed.'),
      },
    ],
  },
];
