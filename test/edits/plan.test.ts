import { describe, expect, it } from 'vitest';
import { decide } from '../../src/classify/classify.ts';
import { applyEdits } from '../../src/edits/apply.ts';
import { planOf } from '../../src/edits/plan.ts';
import { changesByPatch } from '../../src/edits/states.ts';
import { ownersIn } from '../../src/sites/owners.ts';
import { censusOf } from '../../src/sites/sites.ts';
import { memoryTree } from '../../src/source/tree.ts';
import type { Change, Edit, Patch, Target } from '../../src/target/contract.ts';
import { plain } from '../fixtures/plain.ts';

const patch = (id: string): Patch => ({ id, subject: id, needs: [], message: 'm' });
const release = plain.releases[0] ?? fail();

function fail(): never {
  throw new Error('plain has no release');
}

/** The files after some edits, and the plan. */
async function planned(files: Record<string, string>, edits: readonly Edit[], chosen = ['p', 'q']) {
  const rules: Target['rules'] = [
    { id: 'all', places: [{ files: { '**': '...' } }], verdict: 'exempt', roles: ['data'], why: '' },
  ];
  const patches = [patch('p'), patch('q')];
  const target: Target = { ...plain, rules, edits, patches };
  const tree = memoryTree(new Map(Object.entries(files)));
  const { sites } = await censusOf(tree, target);
  const plan = planOf(tree, {
    target,
    release,
    decisions: decide(sites, target),
    patches: new Set(chosen),
    ownersIn: (file, name) => ownersIn(file, tree, target, name),
    render: (template) => `from ${template}`,
  });
  return { plan, tree, patches };
}

const changed = async (text: string, ...changes: Change[]): Promise<string> => {
  const { plan } = await planned({ 'a.txt': text }, [{ patch: 'p', file: 'a.txt', changes }]);
  return applyEdits(text, plan.edits);
};

describe('a change of a file', () => {
  it('replaces, and puts before and after', async () => {
    expect(await changed('a b c', { find: 'b', put: 'replace', text: 'x' })).toBe('a x c');
    expect(await changed('a b c', { find: 'b', put: 'before', text: 'x' })).toBe('a xb c');
    expect(await changed('a b c', { find: /b/, put: 'after', text: 'x' })).toBe('a bx c');
    expect(await changed('a.c abc', { find: 'a.c', put: 'replace', text: '$&' })).toBe('$& abc');
    expect(await changed('a b1', { find: /b(\d)/g, put: 'replace', text: (m) => `${m[1] ?? ''}c` })).toBe(
      'a 1c',
    );
  });

  it.each([
    ['a\nc\n', 'b\n', 'a\nb\nc\n'],
    ['b\nc\n', 'a\n', 'a\nb\nc\n'],
    ['a\nb\n', 'c\n', 'a\nb\nc\n'],
    ['a\nb', 'c\n', 'a\nb\nc'],
    ['a\nc', 'b\n', 'a\nb\nc'],
    ['a\r\nb', 'c\n', 'a\r\nb\r\nc'],
    ['a-b.c\na.c\n', 'a.b\n', 'a-b.c\na.b\na.c\n'],
    ['B\na\n\xe9\n', 'b\n', 'B\na\nb\n\xe9\n'],
  ])('puts a line where it belongs by byte value: %j and %j', async (text, line, after) => {
    expect(await changed(text, { find: /^[^]*$/, put: 'sorted', text: line })).toBe(after);
  });

  it('ends lines as the file does', async () => {
    expect(await changed('a\r\nb\r\n', { find: 'a\r\n', put: 'after', text: 'x\ny\r\n' })).toBe(
      'a\r\nx\r\ny\r\nb\r\n',
    );
    expect(await changed('a\nb\n', { find: 'a\n', put: 'after', text: 'x\r\n' })).toBe('a\nx\nb\n');
  });

  it.each([
    ['none', 'bcd', 0],
    ['two', 'abca', 2],
  ])('is refused where its text stands not once: %s', async (_name, text, found) => {
    await expect(changed(text, { find: 'a', put: 'replace', text: '' })).rejects.toMatchObject({
      code: 'anchor',
      details: { file: 'a.txt', found, scope: 'the file', find: 'a' },
    });
  });

  it.each<[string, Change['find'], string]>([
    ['the lines on which it stands', 'two\n', 'a.txt:2,4: '],
    ['the line that is the most like it', /^thr(?:oo|u) and fo\w+$/m, 'a.txt:5: '],
    ['the line that is the most like its longest line', 'x\nthree and a fourth\n', 'a.txt:5: '],
    ['the first line where none is like it', 'nowhere', 'a.txt:1: '],
  ])('is refused with %s', async (_what, find, start) => {
    const text = 'one\ntwo\nthree\ntwo\nthree and four\n';
    await expect(changed(text, { find, put: 'replace', text: '' })).rejects.toThrow(start);
  });

  it('is looked for in the owner alone, of which there must be one', async () => {
    const text = '#define m x\nint f(void)\n{\n  x;\n}\nint g(void)\n{\n  x;\n}\nint g(void) { x; }\n';
    const edit = (owner: string): Edit => ({
      patch: 'p',
      file: 'a.c',
      owner,
      changes: [{ find: 'x', put: 'replace', text: 'y' }],
    });
    const { plan } = await planned({ 'a.c': text }, [edit('f'), edit('m')]);
    expect(applyEdits(text, plan.edits)).toBe(text.replace('x\nint', 'y\nint').replace('  x', '  y'));
    await expect(planned({ 'a.c': text }, [edit('g')])).rejects.toMatchObject({
      code: 'anchor',
      details: { at: ':6,10', found: 2, find: 'g' },
    });
    await expect(planned({ 'a.c': text }, [edit('h')])).rejects.toMatchObject({
      code: 'anchor',
      details: { at: ':1', found: 0, find: 'h' },
    });
    await expect(planned({}, [edit('f')])).rejects.toMatchObject({
      details: { found: 0, find: 'the file itself' },
    });
  });
});

describe('a change of a site', () => {
  const text = 'int f(void)\n{\n  if (x)\n    fd = open (a,\n\t\tb);\n  return open_code (a);\n}\n';
  const edit = (scope: 'call' | 'statement' | 'owner', find: RegExp): Edit => ({
    patch: 'p',
    rule: 'all',
    scope,
    changes: [{ find, put: 'replace', text: '!' }],
  });

  it.each([
    ['call', /^[^]*$/, 'int f(void)\n{\n  if (x)\n    fd = !;\n  return open_code (a);\n}\n'],
    ['statement', /^[^]*$/, 'int f(void)\n{\n  if (x)\n    !\n  return open_code (a);\n}\n'],
    ['owner', /^[^]*$/, '!\n'],
  ] as const)('is looked for in the %s, and rewritten sites stay as they are', async (scope, find, after) => {
    const { plan } = await planned({ 'a.c': text }, [edit(scope, find)]);
    expect(applyEdits(text, plan.edits)).toBe(after);
  });

  it('says which site it was that has not the text', async () => {
    await expect(planned({ 'a.c': text }, [edit('call', /nothing/)])).rejects.toMatchObject({
      details: { file: 'a.c', found: 0, scope: 'call at line 4' },
    });
  });
});

describe('the steps of a series', () => {
  const put = (id: string, find: string, text: string): Edit => ({
    patch: id,
    file: 'a.txt',
    changes: [{ find, put: 'after', text }],
  });

  it('are each upon the one before, whatever the order of the edits', async () => {
    const edits = [put('q', 'a', '2'), put('p', 'a', '1'), put('q', 'b', '3')];
    const { plan, tree, patches } = await planned({ 'a.txt': 'ab' }, edits);
    const steps = changesByPatch(tree, plan, patches);
    expect(steps.map(({ changes }) => changes.map((one) => [one.before, one.after]))).toEqual([
      [['ab', 'a1b']],
      [['a1b', 'a12b3']],
    ]);
  });

  it('leave out patches that are not made, and edits for other trees', async () => {
    const edits = [put('p', 'a', '1'), put('q', 'a', '2'), { ...put('q', 'none', ''), where: 'none' }];
    const { plan } = await planned({ 'a.txt': 'ab' }, edits, ['q']);
    expect(plan.edits.map((one) => one.text)).toEqual(['2']);
  });

  it('create files, which must not be there', async () => {
    const created: Edit = { patch: 'p', create: 'new.c', template: 't' };
    const { plan, tree, patches } = await planned({}, [created]);
    expect(changesByPatch(tree, plan, patches)[0]?.changes).toEqual([
      { file: 'new.c', before: undefined, after: 'from t', executable: false },
    ]);
    await expect(planned({ 'new.c': '' }, [created])).rejects.toMatchObject({ code: 'anchor' });
  });
});
