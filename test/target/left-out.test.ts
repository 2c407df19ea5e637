import { describe, expect, it } from 'vitest';
import { withLeftOut } from '../../src/target/left-out.ts';
import { outputFiles } from '../../src/formats/folder.ts';
import { makeSeries } from '../../src/pipeline.ts';
import { overlay } from '../../src/source/overlay.ts';
import { memoryTree } from '../../src/source/tree.ts';
import { defineTarget } from '../../src/target/define.ts';
import type { Edit, Patch, Target } from '../../src/target/contract.ts';
import { plain } from '../fixtures/plain.ts';

const patch = (id: string, ...needs: readonly string[]): Patch => ({
  id,
  subject: `${id}: do it`,
  needs,
  message: 'script.message.ejs',
});

const put = (id: string, file: string, find: string, degrades = true): Edit => ({
  patch: id,
  file,
  ...(degrades && { degrades }),
  changes: [{ find, put: 'after', text: `of ${id}\n` }],
});

const [release] = plain.releases;

/** A series of a patch for code and one for documentation, which another one needs. */
async function made(files: Record<string, string>, more: Partial<Target> = {}) {
  if (release === undefined) throw new Error('plain has no release');
  const target = defineTarget({
    ...plain,
    templates: 'test/toy/templates',
    patches: [patch('code'), patch('words'), patch('more', 'words')],
    edits: [
      put('code', 'list', 'a\n', false),
      put('words', 'manual', 'begin\n'),
      put('words', 'news', 'new\n'),
      put('more', 'list', 'b\n', false),
    ],
    ...more,
  });
  const tree = memoryTree(new Map(Object.entries({ list: 'a\nb\n', ...files })));
  const patched = await makeSeries({ tree, target, release });
  const again = await makeSeries({ tree: overlay(tree, patched.files), target, release });
  return { ...patched, again };
}

const WORDS = { manual: 'begin\n', news: 'new\n' };
const ids = ({ series }: { readonly series: { readonly patches: readonly { readonly id: string }[] } }) =>
  series.patches.map(({ id }) => id);

describe('a change of documentation whose place', () => {
  it('is there is made, and nothing is said', async () => {
    const whole = await made(WORDS);
    expect(whole.left).toEqual([]);
    expect(ids(whole)).toEqual(['code', 'words', 'more']);
    expect([...outputFiles(whole, undefined).values()].join('')).not.toMatch(/left ?out/i);
  });

  it.each([
    ['is not there', { manual: 'begin\n', news: 'old\n' }, 0, 'is missing'],
    ['is there twice', { manual: 'begin\n', news: 'new\nnew\n' }, 2, 'occurs 2 times'],
  ])('%s is left out, and that is said', async (_name, files, found, why) => {
    const patched = await made(files);
    expect(patched.left).toEqual([{ patch: 'words', file: 'news', found }]);
    expect(ids(patched)).toEqual(['code', 'words', 'more']);
    expect(patched.files.get('news')).toBeUndefined();
    const said = `Left out: a change of news, since the text next to it ${why}.`;
    const [code, words] = patched.series.patches;
    expect(words?.text.replaceAll('\n', ' ')).toContain(said);
    expect(words?.message.body.split('\n').every((line) => line.length <= 72)).toBe(true);
    expect(code?.text).not.toContain('Left out');
    const provenance: unknown = JSON.parse(outputFiles(patched, undefined).get('provenance.json') ?? '');
    expect(provenance).toMatchObject({
      predicate: {
        buildDefinition: {
          internalParameters: { leftOut: [{ patch: 'words', file: 'news', message: said }] },
        },
      },
    });
  });

  it('is in a file that is not there is left out as well', async () => {
    const { left, series } = await made({ manual: 'begin\n' });
    expect(left).toEqual([{ patch: 'words', file: 'news', found: undefined }]);
    expect(series.patches[1]?.text).toContain('Left out: a change of news, since the tree has no such file.');
  });

  it('of a patch that has no other makes no patch, and what needs that is made', async () => {
    const patched = await made({});
    expect(ids(patched)).toEqual(['code', 'more']);
    expect(patched.left.map(({ file }) => file)).toEqual(['manual', 'news']);
  });

  it.each([[WORDS], [{ manual: 'begin\n' }], [{ ...WORDS, news: 'new\nnew\n' }], [{}]])(
    'leaves a tree that is patched as it is: %j',
    async (files) => {
      const { again } = await made(files);
      expect(ids(again)).toEqual([]);
    },
  );

  it('is demanded where its edit does not say that it can be left out', async () => {
    const edits = [put('code', 'list', 'c\n', false)];
    await expect(made({}, { edits, patches: [patch('code')] })).rejects.toMatchObject({ code: 'anchor' });
  });
});

it('no change of a source can be left out', () => {
  const edits = [put('code', 'a.c', 'a')];
  expect(() => defineTarget({ ...plain, patches: [patch('code')], edits })).toThrow(
    'an edit of patch code may be left out, but changes a source: a.c',
  );
});

it('a message that lacks nothing stays as it is', () => {
  expect(withLeftOut('body\n', [])).toBe('body\n');
});
