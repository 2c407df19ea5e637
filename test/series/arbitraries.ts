import fc from 'fast-check';
import type { FileChange } from '../../src/series/diff.ts';

// What has confused tools that read diffs: text that looks like a diff's own lines, bytes that some take for
// the end of a line, nothing at all.
const STRANGE = [
  ...[
    '',
    ' ',
    '\t',
    '\\',
    '\\ No newline at end of file',
    '-',
    '--',
    '--- a/x',
    '-- a/x',
    '+++ b/x',
    '++ b/x',
  ],
  ...[
    '@@ -1,2 +1,2 @@',
    'diff --git a/x b/x',
    'index 0000000..1111111 100644',
    '-- ',
    '2.39.5',
    'GIT binary patch',
  ],
  ...[
    '\r',
    'a\r',
    '\rb',
    '\f',
    'a\fb',
    '\v',
    '\x85',
    '\xa0',
    '\xef\xbb\xbfint',
    'Index: x',
    '===',
    'a\0b',
    'From x',
  ],
  ...[
    'int f()',
    '{',
    '}',
    'static void g(void)   ',
    '$x',
    '_y \f',
    'name\xa0',
    `t${'x'.repeat(90)}`,
    '#if 0',
  ],
];

/** A line's text, without its end: strange ones, or any bytes but the one that ends a line. */
export const line = fc.oneof(
  fc.constantFrom(...STRANGE),
  fc
    .uint8Array({ maxLength: 12 })
    .map((bytes) => Buffer.from(bytes).toString('latin1').replaceAll('\n', '.')),
);

const joined = (lines: readonly string[], last: boolean): string =>
  lines.length === 0 ? '' : lines.join('\n') + (last ? '\n' : '');

/** Any text; lines repeat, and the last may have no end. */
export const text = fc
  .tuple(fc.array(line, { maxLength: 30 }), fc.boolean())
  .map(([lines, last]) => joined(lines, last));

/** A text and another one that shares lines with it. */
export const related = fc
  .tuple(
    fc.array(line, { maxLength: 40 }),
    fc.array(fc.tuple(fc.nat(40), fc.nat(4), fc.array(line, { maxLength: 4 })), { maxLength: 4 }),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([lines, splices, lastBefore, lastAfter]) => {
    const after = [...lines];
    for (const [at, remove, put] of splices) after.splice(at, remove, ...put);
    return { before: joined(lines, lastBefore), after: joined(after, lastAfter) };
  });

/** Names of a tree's files, as git prints them unquoted; long ones are cut in a diffstat. */
const name = fc
  .array(fc.stringMatching(/^[a-z][\w.-]{0,30}[a-z]$/), { minLength: 1, maxLength: 5, size: 'max' })
  .map((parts) => parts.join('/'));

/**
 * Changes of some files in which no line occurs twice, so that there is one shortest diff and git's is it.
 */
export const changes: fc.Arbitrary<readonly FileChange[]> = fc
  .uniqueArray(
    fc.record({
      file: name,
      lines: fc.array(line, { maxLength: 60 }),
      splices: fc.array(fc.tuple(fc.nat(60), fc.nat(5), fc.integer({ min: 0, max: 60 }), line), {
        minLength: 1,
        maxLength: 4,
      }),
      created: fc.boolean(),
      executable: fc.boolean(),
      lastBefore: fc.boolean(),
      lastAfter: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4, selector: (one) => one.file.split('/')[0] },
  )
  .map((files) =>
    files.map(({ file, lines, splices, created, executable, lastBefore, lastAfter }) => {
      let count = 0;
      // git takes a file with a NUL byte for binary.
      const unique = (one: string): string => `${one.replaceAll('\0', '.')}${++count}`;
      const before = lines.map(unique);
      const after = created ? [] : [...before];
      for (const [at, remove, number, put] of splices) {
        after.splice(at, remove, ...Array.from({ length: number }, () => unique(put)));
      }
      return {
        file,
        before: created ? undefined : joined(before, lastBefore),
        after: joined(after, lastAfter),
        executable,
      };
    }),
  )
  .map((made) => made.filter((one) => one.after !== (one.before ?? '')))
  .filter((made) => made.length > 0);
