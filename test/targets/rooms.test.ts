import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { interpreterNames, targetNames } from '../../src/target/find.ts';

/** What stands in every target's folder: the names that the table at the head of docs/targets.md begins with. */
function rooms(): readonly string[] {
  const page = readFileSync(join(packageFolder, 'docs', 'targets.md'), 'utf8').split('\n');
  const from = page.indexOf('| file | holds |') + 2;
  const rows = page.slice(
    from,
    page.findIndex((line, index) => index > from && line === ''),
  );
  const names = rows.flatMap(
    (row) => (row.split('|')[1] ?? '').match(/(?<=`)[\w-]+(?:\.(?:ts|yml))?(?=[/`])/g) ?? [],
  );
  return [...new Set(names)].sort();
}

/** What only a program has that runs code. */
const OF_INTERPRETERS: readonly string[] = [
  ...['answers.yml', 'build.ts', 'deploy.ts', 'dialect.ts', 'entries.ts', 'scenarios', 'ways.ts'],
];

it('the table names rooms', () => {
  expect(rooms()).toEqual(
    expect.arrayContaining(['build.ts', 'edits', 'fixtures', 'rules', 'scenarios', 'target.ts']),
  );
});

describe.each(targetNames())('the folder of %s', (name) => {
  const folder = join(packageFolder, 'targets', name);

  const interpreter = interpreterNames().includes(name);

  it('has the rooms that docs/targets.md names, and no others', () => {
    const left = interpreter ? [] : OF_INTERPRETERS;
    expect(readdirSync(folder).sort()).toEqual(rooms().filter((room) => !left.includes(room)));
  });

  it.each(interpreter ? ['edits', 'scenarios'] : ['edits'])('says in an index what %s holds', (room) => {
    expect(existsSync(join(folder, room, 'index.ts'))).toBe(true);
  });

  it('has hunks of its own patches only, a file for each', () => {
    const files = readdirSync(join(folder, 'edits')).filter((file) => file.endsWith('.hunks'));
    expect(files).not.toEqual([]);
    for (const file of files) {
      const named = [...readFileSync(join(folder, 'edits', file), 'latin1').matchAll(/^@@ patch: (.*)$/gm)];
      expect(named.map(([, patch]) => patch)).toEqual([file.replace('.hunks', '')]);
    }
  });
});
