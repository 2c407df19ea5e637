import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { textOf } from './tracked.ts';

const Versions = v.record(v.string(), v.string());
const Package = v.object({ dependencies: Versions, devDependencies: Versions });
const Lock = v.object({ packages: v.record(v.string(), v.object({ version: v.optional(v.string()) })) });

const { dependencies, devDependencies } = v.parse(Package, JSON.parse(textOf('package.json')));
const wanted = Object.entries({ ...dependencies, ...devDependencies });
const lock = textOf('package-lock.json');

describe('packages', () => {
  it('are named with exact versions', () => {
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it('are locked in these versions, without an address', () => {
    const { packages } = v.parse(Lock, JSON.parse(lock));
    for (const [name, version] of wanted) expect(packages[`node_modules/${name}`]?.version).toBe(version);
    expect(lock).not.toContain('"resolved"');
  });
});
