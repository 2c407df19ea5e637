import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { chosenPatches } from '../../src/pipeline.ts';
import { interpreterNames, loadTarget, targetNames } from '../../src/target/find.ts';
import { compareVersions } from '../../src/target/versions.ts';
import type { Target } from '../../src/target/contract.ts';
import { textOf } from './tracked.ts';

const readme = textOf('README.md');
const targets = await Promise.all(targetNames().map(loadTarget));

/** What stands between two marks. */
function between(begin: string, end: string): string {
  const [before, after, ...more] = readme.split(begin);
  expect([before, after, ...more], begin).toHaveLength(2);
  const [text = '', rest, ...further] = (after ?? '').split(end);
  expect([text, rest, ...further], end).toHaveLength(2);
  return text;
}

/** What `npm start` says of the sites of a release and of its series, without what only a run can tell. */
function row(target: Target, version: string): Record<string, string> {
  const release = target.releases.find((one) => one.version === version);
  const [lock] = target.locks.of(version);
  if (release === undefined || lock === undefined) throw new Error(`no lock of ${target.name} ${version}`);
  const count = (verdict?: string): string =>
    String(
      lock.rules
        .filter((rule) => verdict === undefined || rule.verdict === verdict)
        .reduce((sum, { sites }) => sum + sites.length, 0),
    );
  return {
    release: `${target.name} ${version}`,
    sites: count(),
    marked: count('mark'),
    exempt: count('exempt'),
    policy: count('policy'),
    patches: String(chosenPatches(target, release, undefined).length),
  };
}

describe('the README', () => {
  it('fits a few screens', () => {
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
  });

  it('has what `npm start` prints, paste it anew: sites as in the locks, patches as in the series', () => {
    const text = between('<!-- start: printed by `npm start` -->\n', '<!-- end of start -->');
    const [heading = '', ...lines] = text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('```'));
    const names = heading.split(/ {2,}/);
    const rows = lines.map((line) => {
      const cells = line.split(/ {2,}/);
      expect(cells).toHaveLength(names.length);
      return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
    });
    // It may be older than the newest target: what it shows is right.
    const shown = rows.map(({ release = '' }) => release.split(' ')[0] ?? '');
    expect(shown.length).toBeGreaterThan(2);
    expect(shown).toEqual(interpreterNames().filter((name) => shown.includes(name)));
    for (const each of rows) {
      const [name, version = ''] = (each['release'] ?? '').split(' ');
      const target = targets.find((one) => one.name === name);
      if (target === undefined) throw new Error(`no target ${String(name)}`);
      expect(each).toMatchObject(row(target, version));
    }
  });

  it('names each pinned release; UPDATE=1 writes them', () => {
    const [begin, end] = ['<!-- releases: the pinned releases of targets/ -->\n', '<!-- end of releases -->'];
    const rows = targets.map(({ name, title = name, opens = '?', releases }) => {
      const versions = releases.map(({ version }) => version).toSorted(compareVersions);
      return `| ${title} | ${versions.join(', ')} | ${opens} |\n`;
    });
    const made = `| interpreter | releases | files that it opens as code |\n|---|---|---|\n${rows.join('')}`;
    const text = between(begin, end);
    if (process.env['UPDATE'] === '1')
      writeFileSync(
        join(packageFolder, 'README.md'),
        readme.replace(begin + text + end, () => begin + made + end),
      );
    else expect(text).toBe(made);
    expect(made).not.toContain('| ? |');
  });
});
