import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { readTree } from '../../src/source/tree.ts';
import { loadTarget, targetNames } from '../../src/target/find.ts';
import { thorough, needs } from '../needs.ts';
import { sourceOf } from '../trees.ts';
import { HEAD, leftOut, rowOf } from './left-out.ts';

/** What `npm run leave-one-out` prints; made again with UPDATE=1. */
const FILE = join(packageFolder, 'test', 'review', 'leave-one-out.md');
const expected = readFileSync(FILE, 'utf8').trimEnd().split('\n').slice(2);

const releases = (await Promise.all(targetNames().map(loadTarget))).flatMap((target) =>
  target.releases.map((release) => ({ name: `${target.name}@${release.version}`, target, release })),
);
const sources = new Map(
  await Promise.all(releases.map(async ({ name }) => [name, await sourceOf(name)] as const)),
);

describe('a pinned release whose lock is hidden', () => {
  it('stands in the table, each one once', () => {
    expect(expected.map((row) => row.split(' | ', 1)[0])).toEqual(releases.map(({ name }) => `| ${name}`));
  });

  for (const { name, target, release } of releases) {
    const source = sources.get(name);
    if (source === undefined) continue;
    it(
      `${name}: asks for what the table says, and gives the series that it says`,
      needs(source.need, ...(target.releases[0] === release ? [] : [thorough])),
      async () => {
        const row = rowOf(await leftOut(target, release, readTree(source.path ?? '')));
        if (process.env['UPDATE'] === '1') update(name, row);
        else expect(expected.find((one) => one.startsWith(`| ${name} |`))).toBe(row);
      },
    );
  }
});

function update(name: string, row: string): void {
  const rows = readFileSync(FILE, 'utf8').trimEnd().split('\n').slice(2);
  const others = rows.filter((one) => !one.startsWith(`| ${name} |`));
  const order = releases.map((one) => `| ${one.name} |`);
  const place = (one: string): number => order.findIndex((start) => one.startsWith(start));
  const all = [...others, row].sort((a, b) => place(a) - place(b));
  writeFileSync(FILE, `${[HEAD, ...all].join('\n')}\n`);
}
