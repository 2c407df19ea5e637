import { has } from '../../src/target/capabilities.js';
import type { Edit } from '../../src/target/contract.js';

/** Columns of a tab. */
const TAB = 8;

/**
 * A test in t/run, and its line in the manifest, whose second column is elsewhere in each series.
 *
 * @param name of the test's file; its template is called so too
 * @param what it tests, for the manifest
 */
export function addedTest(patch: string, name: string, what: string): readonly Edit[] {
  const file = `t/run/${name}`;
  return [
    { patch, create: file, template: `${name}.ejs` },
    {
      patch,
      file: 'MANIFEST',
      changes: [
        {
          find: /^t\/run\/noswitch\.t\t+/m,
          put: 'before',
          text: (_match, release) => {
            const column = has(release, 'manifest-wide') ? 5 * TAB : 3 * TAB;
            return `${file}${'\t'.repeat(Math.ceil((column - file.length) / TAB))}${what}\n`;
          },
        },
      ],
    },
  ];
}
