import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/classify/classify.ts';
import type { Body } from '../../src/lock/body.ts';
import { judge } from '../../src/review/judge.ts';
import type { Judged } from '../../src/review/judge.ts';
import type { Lock, LockedRule } from '../../src/target/lock.ts';
import type { Rule, Site } from '../../src/target/contract.ts';
import { site } from '../sites/site.ts';

const rule = (id: string, more: Partial<Rule> = {}): Rule => ({
  id,
  places: [{ files: { 'a.c': 'f' } }],
  verdict: 'exempt',
  roles: ['data'],
  why: 'because',
  ...more,
});

const data = rule('data');
const broad = rule('broad', { places: [{ files: { 'lib/**': '...' } }] });
const script = rule('script', { verdict: 'mark' });
const calls = rule('calls', { verdict: 'mark', through: 'open' });
const policy = rule('policy', { verdict: 'policy', default: 'exempt' });
const chosen = rule('chosen', { verdict: 'policy', default: 'mark' });

const at = (text: string, more: Partial<Site> = {}): Site => site({ text, ...more });
const A = at('open (a)');
const B = at('open (b)');
const IN_G = at('open (g)', { owner: { kind: 'function', name: 'g' } });

/** A release with what its rules decide; a site's body is `same` unless said. */
const lock = (
  release: string,
  rules: readonly (readonly [Rule, ...(Site | readonly [Site, string])[]])[],
  patches: readonly string[] = [],
): Lock => ({
  target: 'toy',
  release,
  patches,
  capabilities: [],
  rules: rules.map(([{ id, verdict, roles, why, default: otherwise, through }, ...sites]): LockedRule => {
    const locked = sites.map((one) =>
      'id' in one ? { id: one.id, body: 'same' } : { id: one[0].id, body: one[1] },
    );
    return {
      ...{ id, verdict, roles, why, sites: locked },
      ...(otherwise && { default: otherwise }),
      ...(through !== undefined && { through }),
    };
  }),
});

const is = (rule: Rule | undefined, ...sites: readonly Site[]): readonly Decision[] =>
  sites.map((one) => ({ site: one, rule }));

const body =
  (hash = 'same', evaluates = false) =>
  (): Body => ({ hash, evaluates });

const judged = (decisions: readonly Decision[], locks: readonly Lock[], more: Partial<Judged> = {}) =>
  judge({
    decisions,
    locks,
    overlays: [],
    body: body(),
    has: () => true,
    absent: [],
    patches: new Set(),
    needed: new Map(),
    ...more,
  });

/** Findings as `level kind about`. */
const found = (...args: Parameters<typeof judged>): readonly string[] =>
  judged(...args).map(({ level, kind, about }) => `${level} ${kind} ${about}`);

describe('a site that the release has', () => {
  it.each([data, script, policy, chosen, calls])('passes with the verdict that it has there: %j', (rule) => {
    expect(found(is(rule, A), [lock('1', [[rule, A]])])).toEqual([]);
  });

  it('passes by another rule of the same verdict', () => {
    expect(found(is(broad, A), [lock('1', [[data, A]])])).toEqual([]);
  });

  it.each([
    [data, policy],
    [policy, data],
    [policy, chosen],
    [script, data],
    [data, script],
  ])('is to be reviewed with another verdict: %j, now %j', (before, now) => {
    const [first, ...rest] = judged(is(now, A), [lock('1', [[before, A]])]).filter(
      ({ kind }) => kind !== 'emptied',
    );
    expect(rest).toEqual([]);
    expect(first).toMatchObject({
      level: 'review',
      kind: 'other-verdict',
      about: A.id,
      rule: now,
      body: 'same',
    });
    expect(first?.says).toBe(`${before.verdict} in 1, by ${before.id}`);
  });
});

describe('the function that a site is in', () => {
  const other = [lock('1', [[data, [A, 'other']]])];
  const passes: readonly (readonly [string, Rule, boolean, string])[] = [
    ['is another, and evaluates nothing', data, false, 'other'],
    ['is the same, and evaluates something', data, true, 'same'],
    ['is another, and the site opens code', script, true, 'other'],
    ['is another, and the site may open code', chosen, true, 'other'],
  ];

  it.each(passes)('passes where it %s', (_what, rule, evaluates, hash) => {
    const locks = [lock('1', [[rule, [A, hash]]])];
    expect(found(is(rule, A), locks, { body: body('same', evaluates) })).toEqual([]);
  });

  it.each([data, policy])('is to be reviewed where it is another, and evaluates something: %j', (rule) => {
    const locks = [lock('1', [[rule, [A, 'other']]])];
    const [first, ...rest] = judged(is(rule, A), locks, { body: body('same', true) });
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ level: 'review', kind: 'changed-body', about: A.id, body: 'same' });
  });

  it('passes where it is that of one of two releases, or of an overlay', () => {
    const evaluates = { body: body('same', true) };
    expect(found(is(data, A), [...other, lock('3', [[data, A]])], evaluates)).toEqual([]);
    expect(found(is(data, A), other, { ...evaluates, overlays: [lock('1', [[data, A]])] })).toEqual([]);
    // The one that is the same must have the verdict as well.
    expect(found(is(data, A), [...other, lock('3', [[policy, A]])], evaluates)).toEqual([
      `review changed-body ${A.id}`,
    ]);
  });
});

describe('a site that no release has', () => {
  const known = [lock('1', [[data, A]])];
  const decided = is(data, A);

  it.each<[string, Decision['rule'], string]>([
    ['no rule decides', undefined, 'review undecided'],
    ['is data in a function that is named', data, 'review new-exempt'],
    ['is data by a rule of whole folders', broad, 'review new-broad'],
    ['may be code, by choice', policy, 'review new-policy'],
    ['is code', script, 'review new-mark'],
    ['is code, unless chosen otherwise', chosen, 'review new-mark'],
    ['calls what is code', calls, 'note new-mark'],
  ])('is seen where it %s', (_what, rule, expected) => {
    expect(found([...decided, ...is(rule, B)], known)).toEqual([`${expected} ${B.id}`]);
  });

  it('says whether its function is one in which known releases open something', () => {
    const says = (...sites: readonly Site[]): readonly string[] =>
      judged([...decided, ...is(data, ...sites)], known).map((one) => one.says);
    const inOtherFile = at('open (b)', { file: 'b.c' });
    expect(says(B, IN_G, inOtherFile)).toEqual([
      'new, in a function that the rule names',
      'new, and no known release opens a file in this function',
      'new, and no known release opens a file in this function',
    ]);
    // What a distribution's overlay has is known as well.
    const overlays = [lock('1', [[data, IN_G]])];
    const other = at('open (h)', { owner: IN_G.owner });
    expect(judged([...decided, ...is(data, other)], known, { overlays }).map((one) => one.says)).toEqual([
      'new, in a function that the rule names',
    ]);
  });

  it('is a note where it is opened as code already', () => {
    const rewritten = at('open_code (b)', { state: 'rewritten' });
    expect(found([...decided, ...is(script, rewritten)], known)).toEqual([`note new-mark ${rewritten.id}`]);
    // That says nothing of one that is data.
    expect(found([...decided, ...is(data, rewritten)], known)).toEqual([`review new-exempt ${rewritten.id}`]);
  });

  it('is told with its rule and the hash of its function', () => {
    const [first] = judged([...decided, ...is(broad, B)], known, { body: body('new') });
    expect(first).toMatchObject({ site: B, rule: broad, body: 'new' });
    const [undecided] = judged([...decided, ...is(undefined, B)], known, { body: body('new') });
    expect(undecided).toMatchObject({ site: B, body: 'new' });
    expect(undecided?.rule).toBeUndefined();
  });

  it('passes where one of two releases has it, or an overlay', () => {
    const two = [lock('1', [[data, A]]), lock('3', [[data, A, B]])];
    expect(found(is(data, A, B), two)).toEqual([]);
    expect(found(is(data, A, B), two.toReversed())).toEqual([]);
    expect(found(is(data, A, B), known, { overlays: [lock('1', [[data, B]])] })).toEqual([]);
  });

  it('is everything where nothing is known', () => {
    expect(found(is(script, A), [])).toEqual([`review new-mark ${A.id}`]);
  });
});

describe('a site of code that is gone', () => {
  const known = [lock('1', [[script, A, B]])];

  it('stops, and is named with what was known of it', () => {
    const [first, ...rest] = judged(is(script, A), known);
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ level: 'stop', kind: 'lost-mark', about: B.id });
    expect(first?.says).toContain('rule script marked code here, but the call is gone');
    const [gone] = judged(is(script, A), known, { has: () => false });
    expect(gone?.says).toContain('rule script marked code here, but the file is gone');
  });

  it('stops for a policy that is code unless chosen otherwise', () => {
    expect(found(is(chosen, A), [lock('1', [[chosen, A, B]])])).toEqual([`stop lost-mark ${B.id}`]);
  });

  it('stops once for the rule where none of its sites is left', () => {
    expect(
      found(is(data, IN_G), [
        lock('1', [
          [script, A, B],
          [data, IN_G],
        ]),
      ]),
    ).toEqual(['stop emptied script']);
  });

  it('is not missed where it was data, a choice, or a call of what is code', () => {
    for (const rule of [data, policy, calls]) expect(found([], [lock('1', [[rule, A, B]])])).toEqual([]);
    expect(found(is(calls, A), [lock('1', [[calls, A, B]])])).toEqual([]);
  });

  it('is replaced by one that is new in its function, or by the same rule in its file: that is to be reviewed', () => {
    const near = at('open (b, 0)');
    expect(found(is(script, A, near), known)).toEqual([`review new-mark ${near.id}`]);
    expect(found(is(script, A, IN_G), known)).toEqual([`review new-mark ${IN_G.id}`]);
    // One for one.
    expect(found(is(script, near), known)).toEqual([`stop lost-mark ${B.id}`, `review new-mark ${near.id}`]);
    // Not by what is no code, nor in another file.
    expect(found([...is(script, A), ...is(data, near)], known)).toEqual([
      `stop lost-mark ${B.id}`,
      `review new-exempt ${near.id}`,
    ]);
    const far = at('open (b)', { file: 'b.c' });
    expect(found(is(script, A, far), known)).toEqual([`stop lost-mark ${B.id}`, `review new-mark ${far.id}`]);
  });

  it('stops between two releases only where both have it', () => {
    const both = [lock('1', [[script, A, B]]), lock('3', [[script, A, B]])];
    expect(found(is(script, A), both)).toEqual([`stop lost-mark ${B.id}`]);
    const one = [lock('1', [[script, A, B]]), lock('3', [[script, A]])];
    expect(found(is(script, A), one)).toEqual([]);
    expect(found(is(script, A), one.toReversed())).toEqual([]);
    // The rule marks other sites in each, and none here.
    const other = [lock('1', [[script, A]]), lock('3', [[script, B]])];
    expect(found([], other)).toEqual(['stop emptied script']);
    // The newer release has no such rule any more.
    expect(found([], [lock('1', [[script, A]]), lock('3', [])])).toEqual([]);
  });
});

describe('a file that is not there', () => {
  const known = [lock('1', [[data, A, B]])];

  it('is a note, once', () => {
    expect(found([], known, { has: () => false })).toEqual(['note unbundled a.c']);
    expect(found([], known, { has: (file) => file === 'a.c' })).toEqual([]);
  });

  it('is no lost mark where it is of a bundled part that the system has', () => {
    const marked = [lock('1', [[script, A, B]])];
    const part = { what: 'a', files: 'a.c', says: 'the library has it' };
    const absent = [{ part, holds: (file: string) => file === 'a.c' }];
    const gone = { has: () => false, absent };
    expect(found([], marked, { has: () => false })).toEqual(['stop emptied script', 'note unbundled a.c']);
    expect(found([], marked, gone)).toEqual(['note unbundled a']);
    expect(judged([], marked, gone)[0]?.says).toBe('is not in this tree: the library has it');
    // Another file of the same rule is no part of it.
    const other = lock('1', [[script, A, at('open (b)', { file: 'b.c' })]]);
    expect(found([], [other], gone)).toEqual([
      'stop emptied script',
      'note unbundled a',
      'note unbundled b.c',
    ]);
  });

  it('is one where both neighbours have sites in it', () => {
    const elsewhere = lock('3', [[data, at('open (a)', { file: 'b.c' })]]);
    expect(found([], [...known, elsewhere], { has: () => false })).toEqual([]);
    expect(found([], [...known, ...known], { has: () => false })).toEqual(['note unbundled a.c']);
  });
});

describe('a patch that is not made', () => {
  const known = [lock('1', [[script, A]], ['open', 'docs'])];
  const needed = new Map([
    ['open', new Set(['script'])],
    ['docs', new Set<string>()],
  ]);

  it('stops where the release has it, and nobody may leave it out', () => {
    expect(found(is(script, A), known, { needed, patches: new Set(['docs']) })).toEqual([
      'stop vanished-patch open',
    ]);
    expect(found(is(script, A), known, { needed, patches: new Set(['open']) })).toEqual([
      'stop vanished-patch docs',
    ]);
    expect(found(is(script, A), known, { needed, patches: new Set(['open', 'docs']) })).toEqual([]);
    expect(found(is(script, A), known)).toEqual([]);
  });

  it('stops between two releases only where both have it', () => {
    const more = { needed, patches: new Set(['docs']) };
    expect(found(is(script, A), [...known, lock('3', [[script, A]], ['docs'])], more)).toEqual([]);
    expect(found(is(script, A), [...known, ...known], more)).toEqual(['stop vanished-patch open']);
  });

  it('is a note where its rules have no site here: what became of the sites is told by itself', () => {
    const none = { needed, patches: new Set(['docs']) };
    expect(found([], known, none)).toEqual(['note vanished-patch open', 'stop emptied script']);
  });
});

it('the worst comes first, and what is as bad in the order of the sites', () => {
  const known = [
    lock(
      '1',
      [
        [script, A],
        [chosen, at('gone'), at('here')],
        [policy, at('p')],
        [data, [at('d'), 'other']],
      ],
      ['open'],
    ),
  ];
  const decisions = [
    ...is(data, at('d')),
    ...is(data, at('n1'), at('n2')),
    ...is(broad, at('b')),
    ...is(data, at('p')),
    ...is(policy, at('q')),
    ...is(chosen, at('here')),
    ...is(chosen, at('m', { file: 'z.c' })),
    ...is(undefined, at('u')),
  ];
  const more = {
    body: body('same', true),
    needed: new Map([['open', new Set<string>()]]),
    has: () => false,
  };
  expect(
    judged(decisions, known, more).map(({ kind, about }) => `${kind} ${about.split('#')[3] ?? about}`),
  ).toEqual([
    'vanished-patch open',
    'emptied script',
    'lost-mark gone',
    'undecided u',
    'new-mark m',
    'new-policy q',
    'other-verdict p',
    'new-broad b',
    'new-exempt n1',
    'new-exempt n2',
    'changed-body d',
    'unbundled a.c',
  ]);
});
