import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { seriesFile } from '../../src/series/series.ts';
import { loadTarget, targetNames } from '../../src/target/find.ts';
import { flaggedRules } from '../../src/target/flagged.ts';
import { patchesFor } from '../../src/target/patches.ts';

const read = (...path: readonly string[]): string => readFileSync(join(packageFolder, ...path), 'latin1');

const releases = (await Promise.all(targetNames().map(loadTarget))).flatMap((target) =>
  target.releases.map((release) => ({ target, release, folder: join('generated', target.name, release.version) })),
);

test('every release of every target is generated', () => {
  expect(releases.length).toBeGreaterThan(0);
});

for (const { target, release, folder } of releases) {
  const lock = target.locks.of(release.version).find(({ overlay }) => overlay === undefined);
  const rules = new Map(target.rules.map((rule) => [rule.id, rule]));

  test(`${folder}: its lock says what the rules say, and no site occurs twice`, () => {
    const sites = lock?.rules.flatMap((rule) => rule.sites.map(({ id }) => id)) ?? [];
    expect(sites.length).toBeGreaterThan(0);
    expect(new Set(sites).size).toBe(sites.length);
    for (const { id, verdict, roles, why, default: otherwise } of lock?.rules ?? []) {
      const said = { verdict, roles, why, default: otherwise };
      const rule = rules.get(id);
      expect(rule && { ...said, verdict: rule.verdict, roles: rule.roles, why: rule.why, default: rule.default }, id).toEqual(
        said,
      );
    }
  });

  test(`${folder}: each marked site of its lock is rewritten by a patch of the series, or goes through one`, () => {
    const flagged = flaggedRules(target, patchesFor(target, release), release);
    const marked = (lock?.rules ?? []).filter(({ verdict }) => verdict === 'mark').map(({ id }) => id);
    expect(marked.length).toBeGreaterThan(0);
    expect(marked.filter((id) => !flagged.has(id))).toEqual([]);
    expect(lock?.patches).toEqual(patchesFor(target, release).map(({ id }) => id));
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

  test(`${folder}: a letter comes before the patches, and names each`, () => {
    const letter = read(folder, 'patches', '0000-cover-letter.txt');
    const subjects = read(folder, 'patches', 'series')
      .trimEnd()
      .split('\n')
      .map((name) => /^Subject: \[PATCH\] (.*)$/m.exec(read(folder, 'patches', name))?.[1]);
    const [prose = '', rest = ''] = letter.split(`\n\nmayexec-kit (${subjects.length}):\n`);
    expect(prose).toMatch(/^From: mayexec-kit <[^>]+\.invalid>\nDate: .*\nSubject: \[PATCH\] /);
    expect(prose.split('\n').filter((line) => line.length > 72)).toEqual([]);
    expect(rest.slice(0, rest.indexOf('\n\n')).split('\n')).toEqual(subjects.map((subject) => `  ${subject ?? ''}`));
    expect(rest).toMatch(/\n \d+ files changed, \d+ insertions\(\+\), \d+ deletions\(-\)\n/);
    expect(letter).not.toMatch(/^diff /m);
  });
}
