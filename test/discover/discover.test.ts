import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.js';
import { discoveryText } from '../../src/report/discover.js';
import { given, needs, tool } from '../needs.js';
import { sourceOf } from '../trees.js';
import { DASH, dashSource, discoveryOf, markedIn, RELEASES, scoreOf, withDash } from './truth.js';

const toy = join(packageFolder, 'test', 'discover', 'tree');

describe('discover, of a small interpreter', () => {
  const found = discoveryOf(toy);
  const site = (name: string, callee: string) =>
    found.ranked.find((one) => one.function === name && one.callee === callee);

  it('has what runs a file and what imports one at the top', () => {
    expect(found.ranked.slice(0, 2).map((one) => [one.function, one.verdict])).toEqual([
      ['run_file', 'mark'],
      ['import_module', 'mark'],
    ]);
  });

  it('says the way from the open to what evaluates', () => {
    expect(site('run_file', 'io_open')?.chain.map((step) => `${step.what} ${step.name} ${step.line}`)).toEqual([
      'opened io_open 8',
      'read read 13',
      'evaluated evaluate 15',
    ]);
  });

  it('tells data, output and terminals apart', () => {
    expect(site('count_words', 'io_fopen')).toMatchObject({ verdict: 'exempt', access: 'reads' });
    expect(site('history_save', 'io_fopen')).toMatchObject({ verdict: 'exempt', access: 'writes', role: 'output' });
    expect(site('terminal', 'MUST_OPEN')).toMatchObject({ verdict: 'exempt', role: 'tty', literal: '/dev/tty' });
  });

  it('finds wrappers, be they macros, and says through which code and data go', () => {
    const named = new Map(found.wrappers.map((one) => [one.name, one]));
    expect(named.get('MUST_OPEN')).toMatchObject({ kind: 'macro', hands: true, opens: 'io_open' });
    expect(named.get('run_file')).toMatchObject({ hands: false });
    expect(found.wrappers.filter(({ mixed }) => mixed).map(({ name }) => name)).toEqual(['io_fopen', 'io_open']);
    expect(site('io_open', 'open')?.why).toContain('open code by a function of its own');
  });

  it('says the same again, to the byte', () => {
    expect(JSON.stringify(discoveryOf(toy))).toBe(JSON.stringify(found));
    expect(discoveryText(discoveryOf(toy), true)).toBe(discoveryText(found, true));
  });
});

describe('discover, of an interpreter whose opens are known', () => {
  for (const name of RELEASES) {
    it(`has every marked site of ${name} in the first tenth`, async (context) => {
      const { path, need } = await sourceOf(name);
      if (path === undefined) {
        context.task.meta.lacking = [{ what: need.what, brings: need.brings }];
        context.skip(need.brings);
        return;
      }
      const { places, sites } = scoreOf(discoveryOf(path), await markedIn(name));
      const missed = places.filter(({ place }) => place === undefined || place > Math.ceil(sites / 10));
      expect(places.length).toBeGreaterThan(0);
      expect(missed).toEqual([]);
    }, 120_000);
  }

  const dash = given('the source of dash', '.ci/sources dash/bookworm', dashSource() !== undefined);
  it('has every marked site of dash in the first tenth', needs(dash, tool('dpkg-source', 'dpkg-dev')), () => {
    const score = withDash((path) => scoreOf(discoveryOf(path), DASH));
    expect(score?.places.every(({ place }) => place !== undefined && place <= Math.ceil((score?.sites ?? 0) / 10))).toBe(true);
  });
});
