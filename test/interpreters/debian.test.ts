import { describe, expect, it } from 'vitest';
import { compareTags } from './debian.ts';

describe("what lintian says of a patched package, held against the stock one's", () => {
  const patches = ['0001-a.patch'];
  const notSent = 'I: bash source: patch-not-forwarded-upstream [debian/patches/0001-a.patch]';
  const stock = [
    'W: bash: a-tag usr/share/x [file:10]',
    'W: bash source: a-tag [debian/rules:3]',
    'I: bash: big 10kB 8%',
  ];

  it('is the same, but for patches that were not sent upstream', () => {
    expect(compareTags(stock, [...stock, notSent], patches)).toEqual([]);
    const moved = ['W: bash source: a-tag [debian/rules:9]', 'I: bash: big 11kB 9%'];
    expect(compareTags(stock, [notSent, ...moved], patches)).toEqual([]);
  });

  it('shows what is new', () => {
    const added = 'E: bash: another-tag usr/bin/x';
    expect(compareTags(stock, [...stock, notSent, added], patches)).toEqual([added]);
  });

  it('must name each patch once: it was looked at', () => {
    expect(compareTags(stock, stock, patches)).toEqual(['lintian did not look at 0001-a.patch']);
  });
});
