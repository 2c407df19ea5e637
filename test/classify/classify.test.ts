import { describe, expect, it } from 'vitest';
import { assertDecided, assertOrdered, decide, presenceOf, tracesOf } from '../../src/classify/classify.ts';
import { carried } from '../../src/classify/carried.ts';
import { censusOf } from '../../src/sites/sites.ts';
import { memoryTree } from '../../src/source/tree.ts';
import type {
  Change,
  Conditions,
  Edit,
  Patch,
  Release,
  Rule,
  Target,
  Tree,
} from '../../src/target/contract.ts';
import { plain } from '../fixtures/plain.ts';

const release: Release = {
  version: '1',
  capabilities: [],
  date: '2024-01-01',
};

const rule = (id: string, where: Conditions, more: Partial<Rule> = {}): Rule => ({
  id,
  places: [{ files: { '**': '...' }, ...where }],
  verdict: 'exempt',
  roles: ['data'],
  why: 'because',
  ...more,
});

const tree = (text: string, file = 'a.c'): Tree => memoryTree(new Map([[file, text]]));
const CODE = 'int f(void)\n{\n  open (a);\n  open (b);\n  open_code (c);\n}\n';

const decided = async (target: Target, of: Tree) => decide((await censusOf(of, target)).sites, target);

describe('decide', () => {
  const ids = async (rules: readonly Rule[]) =>
    (await decided({ ...plain, rules }, tree(CODE))).map((one) => [
      one.rule?.id,
      ...(one.clash ?? []).map(({ id }) => id),
    ]);

  it('gives each site the one rule that matches, or none', async () => {
    const rules = [
      rule('b', { text: 'open (b)' }),
      rule('a', { text: 'open (a)' }),
      rule('never', { text: '' }),
    ];
    expect(await ids(rules)).toEqual([['a'], ['b'], [undefined]]);
    expect(await ids(rules.toReversed())).toEqual([['a'], ['b'], [undefined]]);
  });

  it('has two rules clash that match one site, whatever their order', async () => {
    const rules = [rule('a', { text: 'open (a)' }), rule('all', {}), rule('opens', { callee: 'open' })];
    expect(await ids(rules)).toEqual([['a', 'all', 'opens'], ['all', 'opens'], ['all']]);
    expect(await ids(rules.toReversed())).toEqual([['opens', 'all', 'a'], ['opens', 'all'], ['all']]);
  });

  it.each([
    ['by their ids', ['all', 'opens']],
    ['by a part of their ids', ['a...l', 'op...']],
    ['whichever they are', ['...']],
  ])('gives a site to the rule that takes it from the others, %s', async (_how, before) => {
    const rules = [rule('all', {}), rule('opens', { callee: 'open' }, { before: ['all'] })];
    const first = rule('a', { text: 'open (a)' }, { before });
    expect(await ids([...rules, first])).toEqual([['a'], ['opens'], ['all']]);
    expect(await ids([first, ...rules])).toEqual([['a'], ['opens'], ['all']]);
  });

  it('has them clash where the one comes before some only, or each before the other', async () => {
    const rules = [rule('all', {}), rule('opens', { callee: 'open' })];
    const some = rule('a', { text: 'open (a)' }, { before: ['all'] });
    expect(await ids([some, ...rules])).toEqual([['a', 'all', 'opens'], ['all', 'opens'], ['all']]);
    // No order is better than another: nobody is to guess which was meant.
    const each = [
      rule('all', {}, { before: ['opens'] }),
      rule('opens', { callee: 'open' }, { before: ['all'] }),
    ];
    expect((await ids(each))[0]).toEqual(['all', 'opens']);
  });
});

describe('assertOrdered', () => {
  it('passes where each site has one rule, or none', async () => {
    const target = { ...plain, rules: [rule('opens', { callee: 'open' })] };
    const decisions = await decided(target, tree(CODE));
    expect(() => {
      assertOrdered(decisions, target);
    }).not.toThrow();
  });

  it('names each site that two rules decide, with the rules', async () => {
    const target = { ...plain, rules: [rule('a', { text: 'open (a)' }), rule('opens', { callee: 'open' })] };
    const decisions = await decided(target, tree(CODE));
    expect(() => {
      assertOrdered(decisions, target);
    }).toThrow(
      expect.objectContaining({
        code: 'rules-overlap',
        exit: 18,
        details: { count: 1, target: 'plain', list: '  a.c:3: f: open (a): a, opens' },
      }),
    );
  });
});

describe('assertDecided', () => {
  it('passes when every site is decided', async () => {
    const decisions = await decided({ ...plain, rules: [rule('all', {})] }, tree(CODE));
    expect(() => {
      assertDecided(decisions, 'plain@1');
    }).not.toThrow();
  });

  it('names each site that no rule decides', async () => {
    const decisions = await decided({ ...plain, rules: [rule('a', { text: 'open (a)' })] }, tree(CODE));
    expect(() => {
      assertDecided(decisions, 'plain@1');
    }).toThrow(
      expect.objectContaining({
        code: 'unreviewed',
        exit: 10,
        details: {
          count: 2,
          release: 'plain@1',
          list: '  a.c:4: f: open (b)\n  a.c:5: f: open_code (c)',
        },
      }),
    );
  });
});

describe('presenceOf', () => {
  const patches: readonly Patch[] = [{ id: 'p', subject: 's', needs: [], message: 'm' }];
  const presence = async (edits: readonly Edit[], of: Tree): Promise<boolean | undefined> => {
    const rules = [rule('all', {})];
    const target = { ...plain, rules, patches, edits };
    return presenceOf(tracesOf(of, await decided(target, of), target, release)).get('p');
  };
  const call: Edit = {
    patch: 'p',
    rule: 'all',
    scope: 'call',
    changes: [{ find: /^open/, put: 'replace', text: 'open_code' }],
  };
  const file: Edit = {
    patch: 'p',
    file: 'a.c',
    changes: [{ find: '{\n', put: 'after', text: '  begin ();\n' }],
  };
  const created: Edit = { patch: 'p', create: 'b.c', template: 't' };
  const beside: Edit = {
    patch: 'p',
    rule: 'all',
    scope: 'statement',
    changes: [{ find: /^open/, put: 'before', text: 'check (); ' }],
  };

  it('sees rewritten sites', async () => {
    expect(await presence([call], tree('int f(void)\n{\n  open (a);\n}\n'))).toBe(false);
    expect(await presence([call], tree('int f(void)\n{\n  open_code (a);\n}\n'))).toBe(true);
  });

  it('sees what is put beside a call that stays as it is', async () => {
    expect(await presence([beside], tree('int f(void)\n{\n  open (a);\n}\n'))).toBe(false);
    expect(await presence([beside], tree('int f(void)\n{\n  check (); open (a);\n}\n'))).toBe(true);
  });

  it('sees files created and text put elsewhere', async () => {
    expect(await presence([created], tree('', 'b.c'))).toBe(true);
    expect(await presence([created], tree('', 'a.c'))).toBe(false);
    expect(await presence([file], tree('f()\n{\n}\n'))).toBe(false);
    expect(await presence([file], tree('f()\n{\n  begin ();\n}\n'))).toBe(true);
    expect(await presence([file], tree('f()\n{\n}\n', 'b.c'))).toBe(false);
  });

  it('does not look at edits for other trees', async () => {
    const other = { ...created, where: 'none' };
    expect(await presence([other, file], tree('f()\n{\n  begin ();\n}\n'))).toBe(true);
  });

  it('names the patch of which a part is there', async () => {
    const half = tree('int f(void)\n{\n  open (a);\n  open_code (b);\n}\n');
    await expect(presence([call], half)).rejects.toMatchObject({
      code: 'half-patched',
      exit: 14,
      message: 'the tree has only a part of patch p: a.c:4 is patched, but a.c:3 is not',
    });
    await expect(presence([created, file], tree('f()\n{\n  begin ();\n}\n'))).rejects.toMatchObject({
      details: { detail: 'a.c:2 is patched, but b.c is not' },
    });
  });
});

describe('carried', () => {
  const is = (change: Change, text: string): boolean | undefined =>
    carried(change, text, { start: 0, end: text.length }, release)?.there;

  it.each<[string, Change, string, boolean | undefined]>([
    ['after', { find: 'a\n', put: 'after', text: 'b\n' }, 'a\n', false],
    ['after, there', { find: 'a\n', put: 'after', text: 'b\n' }, 'a\nb\n', true],
    ['after, there, CRLF', { find: 'a', put: 'after', text: '\nb' }, 'a\r\nb\r\n', true],
    ['after, something between', { find: 'a\n', put: 'after', text: 'b\n' }, 'a\nc\nb\n', undefined],
    ['before', { find: 'a', put: 'before', text: 'b' }, 'a', false],
    ['before, there', { find: 'a', put: 'before', text: 'b' }, 'ba', true],
    ['sorted', { find: /(?:^\w\n)+/m, put: 'sorted', text: 'b\n' }, 'a\nc\n', false],
    ['sorted, there', { find: /(?:^\w\n)+/m, put: 'sorted', text: 'b\n' }, 'a\nb\nc\n', true],
    ['sorted, there, last', { find: /(?:^\w\n?)+/m, put: 'sorted', text: 'c\n' }, 'a\nb\nc', true],
    ['replace', { find: 'a', put: 'replace', text: 'b' }, 'xa', false],
    ['replace, there', { find: 'a', put: 'replace', text: 'b' }, 'xb', true],
    ['replace, there, within', { find: 'a', put: 'replace', text: 'xay' }, '-xay', true],
    ['replace, both there', { find: 'a', put: 'replace', text: 'b' }, 'ab', undefined],
    ['replace, none there', { find: 'a', put: 'replace', text: 'b' }, 'c', undefined],
    ['no anchor', { find: 'a', put: 'after', text: 'b' }, 'c', undefined],
    ['a function', { find: /(a)./, put: 'after', text: (match) => match[1] ?? '' }, 'axa', true],
    ['a function, gone', { find: /(a)./, put: 'replace', text: (match) => match[1] ?? '' }, 'b', undefined],
  ])('%s', (_name, change, text, expected) => {
    expect(is(change, text)).toBe(expected);
  });
});
