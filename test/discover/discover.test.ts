import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import type { FoundSite } from '../../src/discover/judge.ts';
import { discoveryText } from '../../src/report/discover.ts';
import { demand, given, needs, tool } from '../needs.ts';
import { sourceOf } from '../trees.ts';
import { DASH, dashSource, discoveryOf, markedIn, RELEASES, scoreOf, withDash } from './truth.ts';

const sources = await Promise.all(RELEASES.map(async (name) => ({ name, ...(await sourceOf(name)) })));
const marks = new Map(await Promise.all(RELEASES.map(async (name) => [name, await markedIn(name)] as const)));

const toy = join(packageFolder, 'test', 'discover', 'tree');

describe('discover, of a small interpreter', () => {
  const found = discoveryOf(toy);
  const site = (name: string, callee: string): FoundSite | undefined =>
    found.ranked.find((one) => one.function === name && one.callee === callee);

  it('has what runs a file and what imports one at the top', () => {
    expect(found.ranked.slice(0, 2).map((one) => [one.function, one.verdict])).toEqual([
      ['run_file', 'mark'],
      ['import_module', 'mark'],
    ]);
  });

  it('says the way from the open to what evaluates', () => {
    expect(
      site('run_file', 'io_open')?.chain.map((step) => `${step.what} ${step.name} ${step.line}`),
    ).toEqual(['opened io_open 8', 'read read 13', 'evaluated evaluate 15']);
  });

  it('tells data, output and terminals apart', () => {
    expect(site('count_words', 'io_fopen')).toMatchObject({ verdict: 'exempt', access: 'reads' });
    expect(site('history_save', 'io_fopen')).toMatchObject({
      verdict: 'exempt',
      access: 'writes',
      role: 'output',
    });
    expect(site('terminal', 'MUST_OPEN')).toMatchObject({
      verdict: 'exempt',
      role: 'tty',
      literal: '/dev/tty',
    });
  });

  it('finds wrappers, be they macros, and says through which code and data go', () => {
    const named = new Map(found.wrappers.map((one) => [one.name, one]));
    expect(named.get('MUST_OPEN')).toMatchObject({ kind: 'macro', hands: true, opens: 'io_open' });
    expect(named.get('run_file')).toMatchObject({ hands: false });
    expect(found.wrappers.filter(({ mixed }) => mixed).map(({ name }) => name)).toEqual([
      'io_fopen',
      'io_open',
    ]);
    expect(site('io_open', 'open')?.why).toContain('open code by a separate function');
  });

  it('says the same again, to the byte', () => {
    expect(JSON.stringify(discoveryOf(toy))).toBe(JSON.stringify(found));
    expect(discoveryText(discoveryOf(toy), true)).toBe(discoveryText(found, true));
  });
});

describe('discover, of an interpreter whose opens are known', () => {
  it.each(sources)('has every marked site of $name in the first tenth', ({ name, path, need }) => {
    demand(need);
    const marked = marks.get(name) ?? [];
    const { places, sites } = scoreOf(discoveryOf(path ?? ''), marked);
    expect(places.length).toBeGreaterThan(0);
    expect(places.filter(({ place = Infinity }) => place > Math.ceil(sites / 10))).toEqual([]);
  });

  const dash = given('the source of dash', '.ci/sources dash/bookworm', dashSource() !== undefined);
  it('has every marked site of dash in the first tenth', needs(dash, tool('dpkg-source', 'dpkg-dev')), () => {
    const score = withDash((path) => scoreOf(discoveryOf(path), DASH));
    expect(score?.recall).toBe(1);
  });
});
