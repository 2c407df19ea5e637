import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, nearest, neighbours, seriesOf } from '../../src/target/versions.ts';

const of = (...versions: readonly string[]) => versions.map((version) => ({ version }));

describe('compareVersions', () => {
  it.each([
    ['5.9', '5.10'],
    ['3.9.20', '3.10.0'],
    ['5.2.9', '5.2.15'],
    ['4.4.19', '5.0'],
    ['5.1', '5.1.8'],
    ['5.3', '5.3.1'],
    ['3.13.0rc2', '3.13.0'],
    ['3.13.0a7', '3.13.0b1'],
    ['3.13.0rc2', '3.13.0rc10'],
    ['3.12.9', '3.13.0a1'],
  ])('%s is older than %s', (older, newer) => {
    expect(compareVersions(older, newer)).toBeLessThan(0);
    expect(compareVersions(newer, older)).toBeGreaterThan(0);
  });

  it.each([
    ['5.1', '5.1.0'],
    ['5.1', '5.1'],
  ])('%s is as old as %s', (one, other) => {
    expect(compareVersions(one, other)).toBe(0);
  });
});

it('is an order: sorted is sorted, whatever the order before', () => {
  const sorted = ['3.9.2', '3.10.2', '3.10.12', '3.11', '3.11.2', '3.13.0a1', '3.13.0', '3.13.15', '3.14'];
  fc.assert(
    fc.property(fc.shuffledSubarray(sorted, { minLength: sorted.length }), (shuffled) => {
      expect(shuffled.toSorted(compareVersions)).toEqual(sorted);
    }),
  );
});

describe('neighbours', () => {
  const releases = of('3.11.2', '3.9.2', '3.13.5', '3.13.15');

  it.each([
    ['3.9.1', undefined, '3.9.2'],
    ['3.9.2', undefined, '3.11.2'],
    ['3.10.15', '3.9.2', '3.11.2'],
    ['3.13.0rc2', '3.11.2', '3.13.5'],
    ['3.13.5', '3.11.2', '3.13.15'],
    ['3.13.9', '3.13.5', '3.13.15'],
    ['3.14.7', '3.13.15', undefined],
  ])('%s is between %s and %s', (version, older, newer) => {
    const found = neighbours(releases, version);
    expect([found.older?.version, found.newer?.version]).toEqual([older, newer]);
  });

  it.each([
    ['3.13.5', '3.13.5'],
    ['3.10.15', '3.9.2'],
    ['3.14.7', '3.13.15'],
    ['2.7.18', '3.9.2'],
  ])('the nearest of %s is %s', (version, expected) => {
    expect(nearest(releases, version)?.version).toBe(expected);
  });

  it('of no releases there is no nearest', () => {
    const none = nearest<{ readonly version: string }>([], '1');
    expect(none).toBeUndefined();
    expect(neighbours([], '1')).toEqual({});
  });
});

it('a series is called by two numbers', () => {
  expect(['3.13.15', '5.2', '3.14.0rc1', '7'].map(seriesOf)).toEqual(['3.13', '5.2', '3.14', '7']);
});
