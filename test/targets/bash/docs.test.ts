import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageFolder } from '../../../src/package.js';
import { chosenPatches } from '../../../src/pipeline.js';
import { loadTarget } from '../../../src/target/find.js';

const lines = readFileSync(join(packageFolder, 'docs', 'bash.md'), 'utf8').split('\n');
const target = await loadTarget('bash');
const [release] = target.releases;
if (release === undefined) throw new Error('bash has no release');

/** The cells of the rows that stand under a heading of a table. */
const rowsUnder = (heading: string): readonly (readonly string[])[] => {
  const from = lines.findIndex((line) => line.startsWith(heading)) + 2;
  const end = lines.findIndex((line, index) => index >= from && !line.startsWith('|'));
  return lines.slice(from, end).map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));
};

test('the table has each patch in order, with its role and whether it is made unless asked for', () => {
  const rows = rowsUnder('| role |').map(([, role, patch, made]) => [role, patch, made]);
  expect(rows.map(([, patch]) => patch)).toEqual(target.patches.map((one) => one.id));
  for (const { id, optional, offByDefault } of target.patches) {
    const [role, , made] = rows.find(([, patch]) => patch === id) ?? [];
    if (optional !== undefined) expect(role).toBe(optional);
    expect(made, id).toBe(optional === undefined ? 'always' : offByDefault === true ? 'off' : 'on');
  }
});

test('a default series has inputrc last; the roles that the page names leave it out, or bring both', () => {
  const chosen = (roles?: readonly string[]): readonly string[] =>
    chosenPatches(target, release, roles).map(({ id }) => id);
  const always = target.patches.filter((one) => one.optional === undefined).map(({ id }) => id);
  expect(chosen()).toEqual([...always, 'inputrc']);
  const page = lines.join('\n');
  expect(page).toContain('`--roles script,module,startup`');
  expect(chosen(['script', 'module', 'startup'])).toEqual(always);
  expect(page).toContain('`mayexec patch --roles config,loadable bash@5.2.15`');
  expect(chosen(['config', 'loadable'])).toEqual([...always, 'inputrc', 'loadable']);
});

test('the other table has each policy with its default', () => {
  const rows = rowsUnder('| rule |').map(([, rule, , made = '']) => [rule, /^\w+/.exec(made)?.[0]]);
  const policies = target.rules.filter((rule) => rule.verdict === 'policy');
  expect(rows).toEqual(policies.map((rule) => [rule.id, rule.default]));
});
