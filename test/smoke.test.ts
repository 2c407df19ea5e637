import { expect, test } from 'vitest';
import { problem } from '../src/problems.js';

test('a problem fills its text and its hint', () => {
  const found = problem('unknown-release', { name: 'x@1', known: 'y@2' });
  expect(found.message).toBe('unknown release x@1');
  expect(found.hint).toBe('known releases: y@2');
  expect(found.exit).toBe(21);
});
