import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { makeSeries } from '../../src/pipeline.ts';
import type { Subject } from '../../src/scan.ts';
import { lineEndsOf } from '../../src/source/line-ends.ts';
import { overlay } from '../../src/source/overlay.ts';
import { memoryTree, readTree } from '../../src/source/tree.ts';
import { firstReleases, namedRelease } from '../../src/target/find.ts';
import type { Tree } from '../../src/target/contract.ts';
import { verifySeries } from '../../src/verify/foreign.ts';
import { needs, partly, thorough, tool } from '../needs.ts';
import { text } from '../series/arbitraries.ts';
import { target as toy } from '../toy/target.ts';
import { sourceOf } from '../trees.ts';

const crlf = (lines: string): string => lines.replaceAll('\n', '\r\n');

/** A tree as a conversion leaves it: files that are text and have no CR get them. */
const converted = (tree: Tree): Tree =>
  overlay(
    tree,
    new Map(
      tree.files
        .map((file) => [file, tree.read(file)] as const)
        .filter(([, content]) => !/[\0\r]/.test(content))
        .map(([file, content]) => [file, crlf(content)] as const),
    ),
  );

const treeOf = (content: string): Tree => memoryTree(new Map([['f', content]]));

describe('lineEndsOf', () => {
  it('takes CR LF for LF where every line has it, and gives every byte back', () => {
    fc.assert(
      fc.property(text, (lines) => {
        fc.pre(lines.includes('\n'));
        const ends = lineEndsOf(treeOf(crlf(lines)));
        expect([ends.tree.read('f'), ends.carriage('f')]).toEqual([lines, true]);
        expect(ends.restored(lines)).toBe(crlf(lines));
        expect(ends.count()).toBe(1);
      }),
    );
  });

  it.each(['', 'a', 'a\nb\r\n', 'a\r\nb\n', '\n', '\r', 'a\r', '\ra\rb\n', 'a\r\n\n'])(
    'leaves %j as it is',
    (content) => {
      const ends = lineEndsOf(treeOf(content));
      expect([ends.tree.read('f'), ends.carriage('f'), ends.count()]).toEqual([content, false, 0]);
    },
  );

  it('refuses a file whose lines end with CR alone, and knows no file that is not there', () => {
    const ends = lineEndsOf(treeOf('a\rb\r'));
    expect(() => ends.tree.read('f')).toThrow(expect.objectContaining({ code: 'line-ends' }));
    expect(ends.carriage('g')).toBe(false);
  });
});

/** A series of a converted tree is that of the tree, with the line ends that its files have. */
async function expectConverted(
  subject: Subject,
  roles: readonly string[] | undefined,
  foreign = true,
): Promise<void> {
  const plain = await makeSeries(subject, { roles });
  const tree = converted(subject.tree);
  const made = await makeSeries({ ...subject, tree }, { roles });
  expect(made.scanned.ledger).toEqual(plain.scanned.ledger);
  expect([...made.files.keys()]).toEqual([...plain.files.keys()]);
  for (const [file, content] of plain.files) {
    const mixed = tree.has(file) && tree.read(file) === subject.tree.read(file);
    expect(made.files.get(file) === (mixed ? content : crlf(content)), file).toBe(true);
  }
  if (!foreign) return;
  const applied = (await verifySeries(tree, made.series, made.files)).filter(
    (one) => one.result === 'applied',
  );
  expect(applied.map((one) => one.tool)).toEqual(['git am', 'patch', 'quilt']);
  const again = await makeSeries({ ...subject, tree: overlay(tree, made.files) }, { roles });
  expect(again.series.patches).toEqual([]);
}

describe('a tree with CR LF', () => {
  const tools = needs(tool('git'), tool('patch'), tool('quilt'));
  const [release] = toy.releases;
  if (release === undefined) throw new Error('toy has no release');
  const tree = readTree(join(packageFolder, 'test/toy/tree'));

  it('is served in its line ends, the toy that has mixed ones too', tools, async () => {
    await expectConverted({ tree, target: toy, release }, ['config', 'entries']);
  });

  it('of each interpreter is served', { timeout: 300_000, ...tools }, async () => {
    for (const [index, name] of (await firstReleases()).entries()) {
      const [named, { path, need }] = [await namedRelease(name), await sourceOf(name)];
      if (!partly(need, ...(index === 0 ? [] : [thorough])) || named === undefined || path === undefined)
        continue;
      // The foreign tools take as long as all the rest: what they are asked is the same for each.
      await expectConverted({ ...named, tree: readTree(path) }, undefined, index === 0);
    }
  });

  it('is named as the reason where one file has line ends of both kinds and the text is not found', async () => {
    const main = tree.read('src/main.c');
    const half = crlf(main).replace('\r\n', '\n');
    const mixed = overlay(tree, new Map([['src/main.c', half]]));
    await expect(
      makeSeries({ tree: mixed, target: toy, release }, { roles: ['entries'] }),
    ).rejects.toMatchObject({
      code: 'line-ends',
      details: { file: 'src/main.c' },
    });
    // Where nothing is edited there, it is none of ours.
    const { series } = await makeSeries({ tree: mixed, target: toy, release }, { roles: [] });
    expect(series.patches.length).toBe(3);
  });
});
