import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { TABLE } from '../../src/prove/table.ts';
import { programs } from './place.ts';

const bullets = (text: string): readonly string[] =>
  [...text.matchAll(/^ *- (.*)$/gm)].map(([, line]) => line ?? '');

it('the supervisor says itself what it does not imitate, as the documentation does', async () => {
  const { supervisor } = await programs();
  const { stdout, status } = spawnSync(supervisor, ['--help'], { encoding: 'utf8' });
  expect(status).toBe(0);
  const said = bullets(stdout);
  expect(said.length).toBeGreaterThan(10);
  const page = readFileSync(join(packageFolder, 'docs', 'beds.md'), 'utf8');
  expect(bullets(page.slice(page.indexOf('## What the supervisor does not')))).toEqual(said);
  expect(page).toContain(`${TABLE.length} rows`);
});

it('the supervisor refuses arguments that mean nothing', async () => {
  const { supervisor } = await programs();
  for (const args of [
    [],
    ['--policy', '4', 'true'],
    ['--policy', '3'],
    ['--policy', 'x', 'true'],
    ['--no'],
    ['true'],
  ])
    expect(spawnSync(supervisor, args).status).toBe(125);
});
