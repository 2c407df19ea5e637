import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, upstreamPart } from '../../src/source/debian-version.ts';
import { needs, tool } from '../needs.ts';

describe('the upstream part', () => {
  it.each([
    ['5.2.15-2', '5.2.15'],
    ['5.2.15-2+b7', '5.2.15'],
    ['1:2.3-4-5', '2.3-4'],
    ['3.11.2', '3.11.2'],
    ['0:1~rc1-1~deb12u1', '1~rc1'],
  ])('of %s is %s', (version, upstream) => {
    expect(upstreamPart(version)).toBe(upstream);
  });
});

describe('the order of versions', () => {
  it('is that of deb-version(7)', () => {
    const sorted = [
      '1.0~~',
      '1.0~~a',
      '1.0~',
      '1.0',
      '1.0-1~deb1',
      '1.0-1',
      '1.0-1+deb12u1',
      '1.0-2',
      '1.0-10',
      '1.0a',
      '1.0+b',
      '1.2',
      '1.10',
      '1:0.1',
    ];
    const mixed = [...sorted].reverse();
    expect(mixed.sort(compareVersions)).toEqual(sorted);
  });

  it("is dpkg's", needs(tool('dpkg')), () => {
    const characters = fc.constantFrom('0', '1', '2', '10', '~', '+', '.', 'a', 'b', 'deb', '-1');
    const version = fc.array(characters, { maxLength: 6 }).map((parts) => `1${parts.join('')}`);
    fc.assert(
      fc.property(version, version, (a, b) => {
        const order = compareVersions(a, b);
        const relation = order < 0 ? 'lt' : order > 0 ? 'gt' : 'eq';
        const judged = spawnSync('dpkg', ['--compare-versions', a, relation, b], { encoding: 'utf8' });
        expect({ a, relation, b, status: judged.status }).toEqual({ a, relation, b, status: 0 });
      }),
      { numRuns: 300 },
    );
  });
});
