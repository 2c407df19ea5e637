import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { scan } from '../../src/scan.ts';
import { PROBLEMS } from '../../src/problems.ts';
import { fillTemplate } from '../../src/render/template.ts';
import { renderRuntime } from '../../src/runtime/render.ts';
import { memoryTree, readTree } from '../../src/source/tree.ts';
import { capabilitiesOf, has, isFor } from '../../src/target/capabilities.ts';
import type { Capability, Where } from '../../src/target/contract.ts';
import {
  allReleases,
  interpreterNames,
  loadTarget,
  loadTrials,
  namedRelease,
  targetNames,
} from '../../src/target/find.ts';
import { plain } from '../fixtures/plain.ts';
import { needs } from '../needs.ts';
import { target as toy } from '../toy/target.ts';
import { sourceOf } from '../trees.ts';

const of = (capabilities: readonly Omit<Capability, 'what'>[], files: Record<string, string>) =>
  capabilitiesOf(memoryTree(new Map(Object.entries(files))), {
    capabilities: capabilities.map((one) => ({ ...one, what: '' })),
  });

describe('a tree', () => {
  const files = { 'a.c': 'int f (void);\r\nint g (void);\r\n', 'b.c': 'old ()\n' };

  it('has what its files hold, in the order of the names', () => {
    const asked = [
      { id: 'text', file: 'a.c', has: 'f (void);\nint g' },
      { id: 'pattern', file: 'a.c', has: /^int g \(void\);$/m },
      { id: 'other-text', file: 'b.c', has: 'f (void)' },
      { id: 'file', file: 'b.c' },
      { id: 'any', file: ['none.c', 'b.c'], has: 'old' },
      { id: 'none', file: ['none.c', 'other.c'] },
    ];
    expect(of(asked, files)).toEqual(['any', 'file', 'pattern', 'text']);
  });

  it('is what something is for that asks for it, or for its absence', () => {
    const release = { capabilities: ['a', 'b'] };
    const holds = (where: Where): boolean => isFor({ where }, release);
    expect([holds('a'), holds('c'), holds('!c'), holds('!a')]).toEqual([true, false, true, false]);
    expect([holds(['a', 'b', '!c']), holds(['a', 'c']), holds([]), isFor({}, release)]).toEqual([
      true,
      false,
      true,
      true,
    ]);
    expect(has(release, '!a')).toBe(false);
  });

  it('must have what its release is said to have', async () => {
    const release = { version: '1', date: '2026-01-01', capabilities: ['gone'] };
    const target = {
      ...plain,
      capabilities: [
        { id: 'gone', what: '', file: 'none.c' },
        { id: 'there', what: '', file: 'a.c' },
      ],
    };
    const tree = memoryTree(new Map([['a.c', '']]));
    await expect(scan({ tree, target, release })).rejects.toMatchObject({
      code: 'capabilities',
      message: PROBLEMS.capabilities.text
        .replace('{release}', 'plain@1')
        .replace('{list}', '  there: only the tree has it\n  gone: only the lock has it'),
    });
  });

  it('is asked by templates only what its target names', () => {
    const [release] = toy.releases;
    if (release === undefined) throw new Error('toy has no release');
    const target = { ...toy, templates: 'targets/bash/templates' };
    expect(() => fillTemplate(target, 'opencode.c.ejs', { release, runtime: renderRuntime })).toThrow(
      'template opencode.c.ejs asks for capability ansi, which does not exist',
    );
  });
});

/** What files of a target ask for by name. */
const ASKED = /\bhas\((?:release, )?'!?([\w-]+)'\)/g;

describe.each(targetNames())('%s', (name) => {
  it('names each capability that something asks for, and no other', async () => {
    const { capabilities, edits } = await loadTarget(name);
    const { scenarios } = interpreterNames().includes(name) ? await loadTrials(name) : { scenarios: [] };
    const folder = join(packageFolder, 'targets', name);
    const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(?:ts|ejs)$/.test(file))
      .map((file) => readFileSync(join(folder, file), 'latin1'));
    const asked = [
      ...[...edits, ...scenarios].flatMap(({ where = [] }) => [where].flat()),
      ...texts.flatMap((text) => [...text.matchAll(ASKED)].map(([, id = '']) => id)),
    ].map((id) => id.replace(/^!/, ''));
    const named = capabilities.map(({ id }) => id);
    expect([...new Set(asked)].sort()).toEqual([...named].sort());
    expect(named).toEqual([...named].sort());
  });

  it('says of each in a sentence what a tree has', async () => {
    for (const { what } of (await loadTarget(name)).capabilities) expect(what).toMatch(/^[\w(].*\.$/);
  });
});

const sources = await Promise.all(
  (await allReleases()).map(async (name) => ({ name, source: await sourceOf(name) })),
);

for (const { name, source } of sources) {
  it(`${name} has the capabilities that its release lists`, needs(source.need), async () => {
    const named = await namedRelease(name);
    if (named === undefined || source.path === undefined) throw new Error(`no ${name}`);
    expect(capabilitiesOf(readTree(source.path), named.target)).toEqual(named.release.capabilities);
  });
}
