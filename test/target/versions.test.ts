import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, neighbours } from '../../src/target/versions.js';

describe('compareVersions', () => {
  it.each([
    ['5.9', '5.10'],
    ['5.3', '5.3.1'],
    ['4.4', '5.0'],
    ['3.9.2', '3.11.2'],
    ['3.13.5', '3.13.15'],
    ['5.36.0', '5.36.3'],
  ])('%s is older than %s', (older, newer) => {
    expect(compareVersions(older, newer)).toBeLessThan(0);
    expect(compareVersions(newer, older)).toBeGreaterThan(0);
  });

  it.each([
    ['5.3', '5.3'],
    ['5.3', '5.3.0'],
  ])('%s and %s are as old', (a, b) => {
    expect(compareVersions(a, b)).toBe(0);
    expect(compareVersions(b, a)).toBe(0);
  });

  it('is an order: sorted is sorted, whatever the order before', () => {
    const sorted = ['3.9.2', '3.10.2', '3.10.12', '3.11', '3.11.2', '3.13.5', '3.13.15', '3.14'];
    fc.assert(
      fc.property(fc.shuffledSubarray(sorted, { minLength: sorted.length }), (shuffled) => {
        expect(shuffled.toSorted(compareVersions)).toEqual(sorted);
      }),
    );
  });
});

describe('neighbours', () => {
  const releases = ['5.10', '5.2.15', '5.1', '5.3'].map((version) => ({ version }));
  const near = (version: string): readonly (string | undefined)[] => {
    const { older, newer } = neighbours(releases, version);
    return [older?.version, newer?.version];
  };

  it.each([
    ['5.2', '5.1', '5.2.15'],
    ['5.2.21', '5.2.15', '5.3'],
    ['5.3.9', '5.3', '5.10'],
    ['5.9', '5.3', '5.10'],
    // A release is not its own neighbour.
    ['5.3', '5.2.15', '5.10'],
    ['5.3.0', '5.2.15', '5.10'],
    ['4.4', undefined, '5.1'],
    ['6', '5.10', undefined],
  ])('of %s are %s and %s', (version, older, newer) => {
    expect(near(version)).toEqual([older, newer]);
  });

  it('of a version are none where nothing is known', () => {
    expect(neighbours([], '1')).toEqual({});
  });
});
