import { describe, expect, test } from 'vitest';
import { demand, given, needs, partly } from '../../needs.ts';

const moon = given('the moon', 'wait for the night', false);
const star = given('a star', 'look up', false);

describe('a group', needs(moon, star), () => {
  test('one', () => {
    expect(1).toBe(2);
  });
  test.each([1, 2])('more, %s', () => {
    expect(1).toBe(2);
  });
});

test('found out while it runs', () => {
  demand(star);
  expect(1).toBe(2);
});

test('in part', () => {
  expect(partly(moon)).toBe(false);
});

test('whole', needs(given('air', 'breathe', true)), () => {
  expect(1).toBe(1);
});
