import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.js';
import { PROBLEMS } from '../../src/problems.js';
import { sourceOf } from '../trees.js';
import { counted, kitWith } from './kit.js';
import type { Kit } from './kit.js';
import { needs } from '../needs.js';

const { exit } = PROBLEMS.uncovered;
const work = mkdtempSync(join(tmpdir(), 'mayexec-uncovered-'));

afterAll(() => {
  rmSync(work, { recursive: true, force: true });
}, 60_000);

/** A tree of toy that the edits of the patch `script` are not for. */
const TOY = `
import { defineTarget } from '../../src/target/define.js';
import { target as whole } from './whole.js';

const [known] = whole.releases;
const old = { id: 'old', what: 'It is an old one.', file: 'VERSION', has: '1.2' };
export const target = defineTarget({
  ...whole,
  capabilities: [...whole.capabilities, old],
  releases: [
    { ...known, capabilities: ['old', ...known.capabilities] },
    { ...known, version: '1.3' },
  ],
  edits: whole.edits.map((edit) => (edit.patch === 'script' ? { ...edit, where: 'old' } : edit)),
});
`;

describe('toy, and a tree that the edits of one patch are not for', () => {
  let kit: Kit;
  const tree = join(work, 'toy');
  beforeAll(() => {
    kit = kitWith('toy', TOY, 'test/toy');
    for (const name of ['build', 'scenarios']) {
      writeFileSync(
        join(kit.folder, 'dist', 'targets', 'toy', `${name}.js`),
        'export const scenarios = [];\n',
      );
    }
    cpSync(join(packageFolder, 'test', 'toy', 'tree'), tree, { recursive: true });
  }, 60_000);
  afterAll(() => {
    kit.remove();
  });

  it.each([
    [['patch', '--write']],
    [['patch', '--verify']],
    [['patch', '--out', join(work, 'out')]],
    [['verify']],
    [['prove']],
  ])('%j fails, names each site with its rule and patch, and writes nothing', (command) => {
    writeFileSync(join(tree, 'VERSION'), '1.3\n');
    const ended = kit.mayexec(...command, tree);
    expect(ended.stderr).toContain('the series of toy@1.3 leaves 3 site(s)');
    expect(ended.stderr).toContain(
      'src/load.h:7: LOAD_FILE: open (path, O_RDONLY): rule load: patch script should rewrite it: the edit is not for this release',
    );
    expect(ended.stderr.match(/rule stream: patch script should rewrite it/g)).toHaveLength(2);
    expect(ended.status).toBe(exit);
    expect(ended.stdout).toBe('');
    expect(existsSync(join(tree, 'src', 'opencode.c'))).toBe(false);
    expect(existsSync(join(work, 'out'))).toBe(false);
  });

  it('patches the tree that they are for', () => {
    writeFileSync(join(tree, 'VERSION'), '1.2\n');
    expect(kit.mayexec('patch', '--verify', tree)).toMatchObject({ status: 0 });
  });
});

const source = await sourceOf('python@3.11.2');

describe('CPython, and a release that was added by its counts alone', needs(source.need), () => {
  const tree = join(work, 'python');
  const patches = readFileSync(join(packageFolder, 'generated/python/3.11.2/patches/series'), 'utf8')
    .trim()
    .split('\n').length;
  let kit: Kit;
  beforeAll(() => {
    kit = kitWith('python', counted('3.11.2', '3.10.2'));
    cpSync(source.path ?? '', tree, { recursive: true, verbatimSymlinks: true });
    const header = join(tree, 'Include', 'patchlevel.h');
    writeFileSync(header, readFileSync(header, 'latin1').replace('"3.11.2"', '"3.10.2"'), 'latin1');
  }, 60_000);
  afterAll(() => {
    kit.remove();
  });

  it.each(['python@3.10.2', 'tree'])(
    'patch %s gives the whole series, whatever the number is: its tree has what the edits depend on',
    (name) => {
      const ended = kit.mayexec('patch', '--verify', name === 'tree' ? tree : name);
      expect(ended.stdout).toContain('_Py_fopen_code_obj(filename, "rb")');
      expect(ended.stdout.match(/^Subject: \[PATCH\] /gm)).toHaveLength(patches);
      expect(ended.status).toBe(0);
    },
    60_000,
  );
});
