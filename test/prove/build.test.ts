import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { build, keepRecent } from '../../src/prove/build.ts';
import { sweptName } from '../../src/source/partial.ts';
import { loadTrials, namedRelease } from '../../src/target/find.ts';
import { gcc, needs, tool } from '../needs.ts';

const PATCH = '--- a/program\n+++ b/program\n@@ -1,2 +1,2 @@\n #!/bin/sh\n-echo plain\n+echo patched\n';

let work = '';

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'mayexec-test-build-'));
});

afterEach(() => {
  rmSync(work, { recursive: true });
});

describe('a build of a patched tree', needs(gcc, tool('patch'), tool('make')), () => {
  it.each(['tree', 'link'])('leaves the tree of the user as it is, named as a %s', async (name) => {
    const tree = join(work, 'tree');
    mkdirSync(tree);
    writeFileSync(join(tree, 'program'), '#!/bin/sh\necho plain\n');
    chmodSync(join(tree, 'program'), 0o755);
    symlinkSync(tree, join(work, 'link'));
    const [named, trials] = [await namedRelease('bash@5.2.15'), await loadTrials('bash')];
    if (named === undefined) throw new Error('there is no such release');
    const made = await build(
      {
        ...named,
        target: {
          ...named.target,
          build: { configure: ['true'], make: ['sh', '-c', 'touch made'], binary: 'program', packages: [] },
        },
        trials: { ...trials, warnings: [], ownTests: { none: 'not built here' } },
        content: name,
      },
      join(work, name),
      [PATCH],
      join(work, 'cache'),
    );
    expect(lstatSync(made.tree).isDirectory()).toBe(true);
    expect(readFileSync(made.binary, 'utf8')).toBe('#!/bin/sh\necho patched\n');
    expect(readdirSync(tree)).toEqual(['program']);
    expect(readFileSync(join(tree, 'program'), 'utf8')).toBe('#!/bin/sh\necho plain\n');
  });
});

describe('the builds of earlier runs', () => {
  it('go where they were not used for long, and what is being made of an old tree stays', () => {
    const making = sweptName('.making');
    for (const name of ['used', 'old', making]) {
      mkdirSync(join(work, name));
      utimesSync(join(work, name), 0, 0);
    }
    keepRecent(work, join(work, 'used'));
    expect(readdirSync(work).sort()).toEqual([making, 'used'].sort());
  });
});
