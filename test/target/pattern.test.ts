import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matcher } from '../../src/target/pattern.ts';
import type { Pattern } from '../../src/target/contract.ts';

it.each<[Pattern, string, boolean]>([
  ['open', 'open', true],
  ['open', 'opens', false],
  ['open', 'a open', false],
  ['open', '', false],
  ['', '', true],
  ['...', '', true],
  ['...', 'anything\nat all', true],
  ['open...', 'open', true],
  ['open...', 'open (a,\nb)', true],
  ['open...', 'reopen', false],
  ['...open', 'reopen', true],
  ['...open', 'open', true],
  ['...open', 'opened', false],
  ['open (..., O_RDONLY)', 'open (a, O_RDONLY)', true],
  ['open (..., O_RDONLY)', 'open (a, O_RDONLY) + 1', false],
  ['a...b...c', 'abc', true],
  ['a...b...c', 'a-b-c', true],
  ['a...b...c', 'a-c-b', false],
  // What means something in an expression is text here, and two dots are two dots.
  ['f (a|b)*', 'f (a|b)*', true],
  ['f (a|b)*', 'f a', false],
  ['a..', 'abc', false],
  ['a..', 'a..', true],
  ['[.]...$', '[.]x$', true],
  [['a', 'b...'], 'a', true],
  [['a', 'b...'], 'bc', true],
  [['a', 'b...'], 'ac', false],
  [[], '', false],
])('%j and %j: %s', (pattern, text, expected) => {
  expect(matcher(pattern)(text)).toBe(expected);
});

it('a text is its own pattern, and any part of it can be left open', () => {
  const text = fc.string({ unit: 'binary-ascii', maxLength: 12 }).filter((one) => !one.includes('...'));
  fc.assert(
    fc.property(text, text, text, (a, b, c) => {
      // Dots at the seams would be of the `...`.
      fc.pre(!a.endsWith('.') && !c.startsWith('.'));
      expect(matcher(a)(a)).toBe(true);
      expect(matcher(`${a}...${c}`)(a + b + c)).toBe(true);
      expect(matcher(a)(`${a}${b}x`)).toBe(false);
    }),
  );
});
