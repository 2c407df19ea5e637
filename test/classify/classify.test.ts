import { describe, expect, it } from 'vitest';
import { assertDecided, decide, presenceOf, tracesOf } from '../../src/classify/classify.js';
import type { Presence } from '../../src/classify/classify.js';
import { carried } from '../../src/classify/carried.js';
import { censusOf } from '../../src/sites/sites.js';
import { memoryTree } from '../../src/source/tree.js';
import type { Change, Edit, Patch, Release, Rule, Target, Tree } from '../../src/target/contract.js';
import { plain } from '../fixtures/plain.js';

const release: Release = {
  version: '1',
  capabilities: [],
  date: '2024-01-01',
};

const rule = (id: string, sites: Rule['sites'], when: Rule['when'], more: Partial<Rule> = {}): Rule => ({
  id,
  when,
  sites,
  verdict: 'exempt',
  roles: ['data'],
  why: 'because',
  ...more,
});

const tree = (text: string, file = 'a.c'): Tree => memoryTree(new Map([[file, text]]));
const CODE = 'int f(void)\n{\n  open (a);\n  open (b);\n  open_code (c);\n}\n';

const decided = async (target: Target, of: Tree) =>
  decide((await censusOf(of, target)).sites, target, release);

describe('decide', () => {
  it('takes the first rule that matches, and tells it the release', async () => {
    const rules = [
      rule('none', 0, (_site, { version }) => version === '2'),
      rule('first', 1, (site) => site.text === 'open (a)'),
      rule('second', 2, (site) => site.text !== 'open_code (c)'),
    ];
    const target = { ...plain, rules };
    expect((await decided(target, tree(CODE))).map((one) => one.rule?.id)).toEqual([
      'first',
      'second',
      undefined,
    ]);
  });
});

describe('assertDecided', () => {
  const none: Presence = new Map();
  const all = rule('all', 3, () => true);

  it('passes when every site is decided and every count holds', async () => {
    const target = { ...plain, rules: [all] };
    const decisions = await decided(target, tree(CODE));
    expect(() => {
      assertDecided(decisions, none, target, release);
    }).not.toThrow();
  });

  it('names each site that no rule decides', async () => {
    const target = { ...plain, rules: [rule('a', 1, (site) => site.text === 'open (a)')] };
    const decisions = await decided(target, tree(CODE));
    expect(() => {
      assertDecided(decisions, none, target, release);
    }).toThrow(
      expect.objectContaining({
        code: 'unreviewed',
        exit: 10,
        details: {
          count: 2,
          target: 'plain',
          list: '  a.c:4: f: open (b)\n  a.c:5: f: open_code (c)',
        },
      }),
    );
  });

  it('names each rule that decides more or fewer sites than it says, with their places', async () => {
    const rules = [
      rule('some', 1, (site) => site.callee === 'open'),
      rule(
        'late',
        () => 2,
        (site) => site.callee === 'open_code',
      ),
      rule('never', 0, () => false),
    ];
    const target = { ...plain, rules };
    const decisions = await decided(target, tree(CODE));
    expect(() => {
      assertDecided(decisions, none, target, release);
    }).toThrow(
      expect.objectContaining({
        code: 'rule-count',
        details: {
          target: 'plain',
          release: 'plain@1',
          list: [
            '  rule some: says 1, decides 2',
            '    a.c:3: f: open (a)',
            '    a.c:4: f: open (b)',
            '  rule late: says 2, decides 1',
            '    a.c:5: f: open_code (c)',
          ].join('\n'),
        },
      }),
    );
  });

  it('counts by the release and by the patches that are there', async () => {
    const target = {
      ...plain,
      rules: [
        rule(
          'all',
          ({ version }) => (version === '1' ? 1 : 9),
          () => true,
          { patched: { p: 2, q: 50 } },
        ),
      ],
    };
    const decisions = await decided(target, tree(CODE));
    const check = (presence: Presence) => () => {
      assertDecided(decisions, presence, target, release);
    };
    expect(check(new Map([['p', true]]))).not.toThrow();
    expect(check(new Map([['p', false]]))).toThrow(/says 1, decides 3/);
    expect(check(new Map([['q', true]]))).toThrow(/says 51, decides 3/);
  });
});

describe('presenceOf', () => {
  const patches: readonly Patch[] = [{ id: 'p', subject: 's', needs: [], message: 'm' }];
  const presence = async (edits: readonly Edit[], of: Tree): Promise<boolean | undefined> => {
    const rules = [rule('all', 0, () => true)];
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
      message: 'the tree carries only a part of patch p: a.c:4 is patched, a.c:3 is not',
    });
    await expect(presence([created, file], tree('f()\n{\n  begin ();\n}\n'))).rejects.toMatchObject({
      details: { detail: 'a.c:2 is patched, b.c is not' },
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
