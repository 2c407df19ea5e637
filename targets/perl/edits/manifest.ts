import { has } from '../../../src/target/capabilities.ts';
import type { Edit } from '../../../src/target/contract.ts';

/** Columns of a tab. */
const TAB = 8;

/**
 * The line of a test in the manifest, whose second column is elsewhere in each series.
 *
 * @param file in t/run
 * @param what it tests
 */
const listed = (patch: string, file: string, what: string): Edit => ({
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
});

/** The tests that the series brings. */
export const manifest: readonly Edit[] = [
  listed('tests', 't/run/mayexec.t', 'Test files that are executed.'),
  listed('debugger', 't/run/mayexec_db.t', 'Test files that the debugger executes.'),
  listed('commands', 't/run/mayexec_no_file.t', 'Test code that comes from no file.'),
  listed('environment', 't/run/mayexec_vars.t', 'Test variables that are code.'),
];
