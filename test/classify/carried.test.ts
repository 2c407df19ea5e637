import { expect, it } from 'vitest';
import { carried } from '../../src/classify/carried.ts';
import type { Change, Release } from '../../src/target/contract.ts';

const release: Release = {
  version: '1.0',
  capabilities: [],
  date: '2026-01-01',
};

const there = (change: Change, whole: string): boolean | undefined =>
  carried(change, whole, { start: 0, end: whole.length }, release)?.there;

// A line of a list, put before one that comes later in it; in the second case it is made for the release.
it.each([
  { text: 'b\n', how: 'given' },
  { text: (): string => 'b\n', how: 'made' },
])(
  'a text that is $how is told from one that is missing, also where another line has come between',
  ({ text }) => {
    const change: Change = { find: /^d\n/m, put: 'before', text };
    expect(there(change, 'a\nd\n')).toBe(false);
    expect(there(change, 'a\nb\nd\n')).toBe(true);
    // It stands elsewhere: it may be this change's or not, and nothing is said.
    expect(there(change, 'a\nb\nc\nd\n')).toBeUndefined();
  },
);
