import { expect, test } from 'vitest';
import { makeSeries } from '../../src/pipeline.ts';
import { assertCarried, findingsOf, scan } from '../../src/scan.ts';
import { overlay } from '../../src/source/overlay.ts';
import { readTree } from '../../src/source/tree.ts';
import { namedRelease } from '../../src/target/find.ts';
import { needs } from '../needs.ts';
import { sourceOf } from '../trees.ts';

const source = await sourceOf('perl@5.36.0');

/**
 * One open of data goes, another comes in a function of the same folder, and is evaluated: as many sites as before for
 * every rule, and code among them.
 */
test('a swap behind a rule that decides a whole folder is seen', needs(source.need), async () => {
  const named = await namedRelease('perl@5.36.0');
  if (named === undefined) throw new Error('no such release');
  const tree = readTree(source.path ?? '');
  const [gone, fresh] = ['lib/File/Copy.pm', 'lib/Benchmark.pm'];
  const less = tree.read(gone).replace(/open \$from_h, "<", \$from or goto fail_open1;\n/, '\n');
  expect(less).not.toBe(tree.read(gone));
  const more = tree
    .read(fresh)
    .replace(
      /^sub init \{/m,
      "sub settings {\n    open my $rc, '<', './.sharc' or return;\n    eval <$rc>;\n}\n\nsub init {",
    );
  expect(more).not.toBe(tree.read(fresh));
  const swapped = overlay(
    tree,
    new Map([
      [gone, less],
      [fresh, more],
    ]),
  );
  const subject = { ...named, tree: swapped };
  const scanned = await scan(subject);
  const before = await scan({ ...named, tree });
  const count = (decisions: typeof scanned.decisions): number =>
    decisions.filter(({ rule }) => rule?.id === 'library-lib').length;
  expect(count(scanned.decisions)).toBe(count(before.decisions));
  expect(findingsOf(await assertCarried(scanned))).toContainEqual(
    expect.objectContaining({
      kind: 'new-broad',
      level: 'review',
      about: `${fresh}#settings#open#open my $rc, '<', './.sharc' or return#1`,
    }),
  );
  await expect(makeSeries(subject)).rejects.toMatchObject({ code: 'to-review' });
});
