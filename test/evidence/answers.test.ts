import { describe, expect, it } from 'vitest';
import { assertAnswered, doubtsIn, doubtsText } from '../../src/evidence/answers.ts';
import type { Evidence } from '../../src/evidence/follow.ts';
import { Problem } from '../../src/problems.ts';
import { answersFrom } from '../../src/target/read-answers.ts';
import type { Rule } from '../../src/target/contract.ts';
import { site as siteOf } from '../sites/site.ts';

const rule = (verdict: Rule['verdict'], otherwise?: Rule['default']): Rule => ({
  id: 'broad',
  places: [],
  verdict,
  ...(otherwise && { default: otherwise }),
  roles: ['data'],
  why: 'data',
});

const site = siteOf({ file: 'lib/a.py', owner: { kind: 'function', name: 'load' } });
const sink: Evidence = {
  found: 'sink',
  chain: [
    { what: 'opened', file: 'lib/a.py', line: 3, name: 'open' },
    { what: 'evaluated', file: 'lib/a.py', line: 4, name: 'exec' },
  ],
};
const found = (one: Evidence): ReadonlyMap<string, Evidence> => new Map([[site.id, one]]);

describe('doubtsIn', () => {
  it.each([
    ['exempt', undefined, 1],
    ['policy', 'exempt', 1],
    ['policy', 'mark', 0],
    ['mark', undefined, 0],
  ] as const)(
    'of a site that is evaluated, with the verdict %s (%s), doubts %i',
    (verdict, otherwise, count) => {
      const doubts = doubtsIn([{ site, rule: rule(verdict, otherwise) }], found(sink), []);
      expect(doubts.unanswered).toHaveLength(count);
      expect(doubts.unproved).toEqual([]);
    },
  );

  it('lists a marked site without evidence', () => {
    const doubts = doubtsIn([{ site, rule: rule('mark') }], found({ found: 'none' }), []);
    expect(doubts.unproved).toHaveLength(1);
    expect(doubtsText(doubts, found({ found: 'none' }))).toContain(
      'marked, but found nothing that evaluates:\n  lib/a.py:',
    );
  });

  it('takes an answer for its file and function alone', () => {
    const decisions = [{ site, rule: rule('exempt') }];
    const count = (text: string): number =>
      doubtsIn(decisions, found(sink), answersFrom(text, 'toy')).unanswered.length;
    expect(count('- files: { lib/a.py: load }\n  why: shown')).toBe(0);
    expect(count('- files: { lib/a.py: [save, load] }\n  why: shown')).toBe(0);
    expect(count('- files: { lib/a.py: save }\n  why: shown')).toBe(1);
    expect(count('- files: { lib/b.py: load }\n  why: shown')).toBe(1);
  });
});

describe('assertAnswered', () => {
  it('names the site and each step', () => {
    const doubts = doubtsIn([{ site, rule: rule('exempt') }], found(sink), []);
    const failure = (): void => {
      assertAnswered(doubts, 'toy@1.2', 'toy');
    };
    expect(failure).toThrow(Problem);
    expect(failure).toThrow(/opened at +lib\/a\.py:3 +open\n +evaluated at +lib\/a\.py:4 +exec/);
  });
});

describe('answersFrom', () => {
  it.each([
    ["- files: { 'lib/*.py': load }\n  why: x", /is not the name of a file/],
    ['- files: { lib/a.py: ... }\n  why: x', /is not the name of a function/],
    ['- files: { lib/a.py: load }', /why/],
    ['- files: {', /answers\.yml/],
    ['a: b', /answers\.yml/],
  ])('refuses %j', (text, message) => {
    expect(() => answersFrom(text, 'toy')).toThrow(message);
  });
});
