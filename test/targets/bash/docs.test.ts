import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageFolder } from '../../../src/package.ts';
import { chosenPatches } from '../../../src/pipeline.ts';
import { loadTarget } from '../../../src/target/find.ts';

const page = readFileSync(join(packageFolder, 'docs', 'bash.md'), 'utf8');
const target = await loadTarget('bash');
const [release] = target.releases;
if (release === undefined) throw new Error('bash has no release');

test('a default series has inputrc and the entries last; the roles that the page names leave it out, or bring both', () => {
  const chosen = (roles?: readonly string[]): readonly string[] =>
    chosenPatches(target, release, roles).map(({ id }) => id);
  const always = target.patches.filter((one) => one.optional === undefined).map(({ id }) => id);
  expect(chosen()).toEqual([...always, 'inputrc', 'commands', 'environment', 'translations']);
  expect(page).toContain('`--roles script,module,startup`');
  expect(chosen(['script', 'module', 'startup'])).toEqual(always);
  expect(page).toContain('`mayexec patch --roles config,loadable bash@5.2.15`');
  expect(chosen(['config', 'loadable'])).toEqual([...always, 'inputrc', 'loadable']);
});
