import type { Edit } from '../../src/target/contract.js';

/**
 * A test of bash's own suite: `tests/run-NAME`, which compares what `tests/NAME.tests` prints with
 * `tests/NAME.right`, and the lines of the manifest.
 *
 * @param patch that brings it
 * @param after the files behind which the two places of the manifest are
 */
export function suite(
  patch: string,
  name: string,
  after: { readonly files: string; readonly runs: string },
): readonly Edit[] {
  const files = [`${name}.right`, `${name}.tests`];
  const listed = (names: readonly string[]): string => names.map((one) => `tests/${one}\tf\n`).join('');
  return [
    ...[...files, `run-${name}`].map((one) => ({
      patch,
      create: `tests/${one}`,
      template: `${one}.ejs`,
    })),
    {
      patch,
      file: 'MANIFEST',
      changes: [
        { find: `tests/${after.files}\tf\n`, put: 'after', text: listed(files) },
        { find: `tests/${after.runs}\tf\n`, put: 'after', text: listed([`run-${name}`]) },
      ],
    },
  ];
}
