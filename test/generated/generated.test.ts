import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { packageFolder } from '../../src/package.js';
import { seriesFile } from '../../src/series/series.js';
import { numberOf } from '../../src/target/counts.js';
import { loadTarget, targetNames } from '../../src/target/find.js';
import { patchesFor } from '../../src/target/patches.js';

const read = (...path: readonly string[]): string => readFileSync(join(packageFolder, ...path), 'latin1');
const schema: unknown = JSON.parse(read('src', 'classify', 'ledger.schema.json'));

const releases = (await Promise.all(targetNames().map(loadTarget))).flatMap((target) =>
  target.releases.map((release) => ({ target, release, folder: join('generated', target.name, release.version) })),
);

test('every release of every target is generated', () => {
  expect(releases.length).toBeGreaterThan(0);
});

for (const { target, release, folder } of releases) {
  test(`${folder}: the ledger is what its schema says, and adds up`, () => {
    const ledger = JSON.parse(read(folder, 'ledger.json')) as {
      census: { hits: number; sites: number; other: Record<string, number> };
      sites: readonly { verdict: string; rule: string | null; patch?: string; state: string }[];
    };
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema as object);
    expect(validate(ledger), JSON.stringify(validate.errors)).toBe(true);
    const others = Object.values(ledger.census.other).reduce((sum, count) => sum + count, 0);
    expect(ledger.census.sites + others).toBe(ledger.census.hits);
    expect(ledger.sites).toHaveLength(ledger.census.sites);
    expect(ledger.sites.filter((site) => site.verdict === 'unreviewed')).toEqual([]);
    const marked = ledger.sites.filter((site) => site.verdict === 'mark');
    expect(marked.length).toBeGreaterThan(0);
    const series = read(folder, 'patches', 'series').split('\n');
    for (const site of marked) expect(series).toContain(site.patch);
    for (const rule of target.rules) {
      const sites = ledger.sites.filter((site) => site.rule === rule.id);
      expect(sites, rule.id).toHaveLength(numberOf(rule.sites, release));
    }
  });

  test(`${folder}: the patches are those of the series, and name nobody`, () => {
    const names = read(folder, 'patches', 'series').trimEnd().split('\n');
    expect(names).toHaveLength(patchesFor(target, release).filter((patch) => patch.offByDefault !== true).length);
    const patches = names.map((name) => ({ id: name, name, text: read(folder, 'patches', name), files: [] }));
    expect(seriesFile({ patches })).toBe(read(folder, 'patches', 'series'));
    for (const { text } of patches) {
      expect(text).toMatch(/^From: mayexec-kit <[^>]+\.invalid>\nDate: .*\nSubject: \[PATCH\] /);
      expect(text).not.toContain('Signed-off-by');
      expect(text.endsWith('\n')).toBe(true);
      const prose = text.slice(0, text.indexOf('\n---\n'));
      expect(prose.split('\n').filter((line) => line.length > 72)).toEqual([]);
    }
  });
}
