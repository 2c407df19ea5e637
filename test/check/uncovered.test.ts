import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { PROBLEMS } from '../../src/problems.ts';
import { sourceOf } from '../trees.ts';
import { kitWith, withRelease } from './kit.ts';
import type { Kit } from './kit.ts';
import { needs } from '../needs.ts';

const { exit } = PROBLEMS.uncovered;
const work = mkdtempSync(join(tmpdir(), 'mayexec-uncovered-'));

const TOY = { file: 'VERSION', has: '1.2' };

afterAll(() => {
  rmSync(work, { recursive: true, force: true });
}, 60_000);

/** What a target's build.ts exports at least. */
const BUILD = `export const warnings = [], unoptimised = [], libraryOpens = {}, ownTests = { none: 'a toy' }, rebuild = {};
`;

describe('toy, and a release that was added with a lock, and the edits of one patch are not for', () => {
  let kit: Kit;
  const tree = join(work, 'toy');
  beforeAll(() => {
    kit = kitWith('toy', withRelease('1.2', TOY, '1.3', ['script'], 'made'), 'test/toy');
    const own = join(kit.folder, 'dist', 'targets', 'toy');
    mkdirSync(join(own, 'scenarios'), { recursive: true });
    writeFileSync(join(own, 'build.js'), BUILD);
    writeFileSync(join(own, 'scenarios/index.js'), 'export const scenarios = [];\n');
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
    expect(ended.stderr).toContain('the series of toy@1.3 does not cover 3 site(s)');
    expect(ended.stderr).toContain(
      'src/load.h:7: LOAD_FILE: open (path, O_RDONLY): rule load: patch script should rewrite it, but has no edit for this release',
    );
    expect(ended.stderr.match(/rule stream: patch script should rewrite it/g)).toHaveLength(2);
    expect(ended.status).toBe(exit);
    expect(ended.stdout).toBe('');
    expect(existsSync(join(tree, 'src', 'opencode.c'))).toBe(false);
    expect(existsSync(join(work, 'out'))).toBe(false);
  });

  it('patches the release that they are for', () => {
    writeFileSync(join(tree, 'VERSION'), '1.2\n');
    expect(kit.mayexec('patch', '--verify', tree)).toMatchObject({ status: 0 });
  });
});

// Two ways to a lock: the tree's own, which has no patch that nothing is for, and that of another release.
describe('toy, and a release that was added with the lock of another', () => {
  let kit: Kit;
  const tree = join(work, 'copied');
  beforeAll(() => {
    kit = kitWith('toy', withRelease('1.2', TOY, '1.3', ['script'], 'copied'), 'test/toy');
    cpSync(join(packageFolder, 'test', 'toy', 'tree'), tree, { recursive: true });
    writeFileSync(join(tree, 'VERSION'), '1.3\n');
  }, 60_000);
  afterAll(() => {
    kit.remove();
  });

  it.each([['patch', '--write'], ['verify'], ['review'], ['scan']])(
    '%s %s fails: the patch that all others have is missing',
    (...command) => {
      const ended = kit.mayexec(...command, tree);
      expect(ended.stderr).toContain('toy@1.3 opens code in 1 way(s) that no known release does:');
      expect(ended.stderr).toContain('vanished-patch: script: has no edit for this tree');
      expect(ended.status).toBe(PROBLEMS.stopped.exit);
      expect(existsSync(join(tree, 'src', 'opencode.c'))).toBe(false);
    },
  );
});

const source = await sourceOf('python@3.11.2');
const MISSING = ['script', 'startup', 'pdb', 'run-by-library', 'imp'];

describe(
  'CPython, and a release that was added with a lock, and the edits of five patches are not for',
  needs(source.need),
  () => {
    const tree = join(work, 'python');
    let kit: Kit;
    beforeAll(() => {
      kit = kitWith('python', withRelease('3.11.2', undefined, '3.10.2', MISSING, 'made'));
      cpSync(source.path ?? '', tree, { recursive: true, verbatimSymlinks: true });
      const header = join(tree, 'Include', 'patchlevel.h');
      writeFileSync(header, readFileSync(header, 'latin1').replace('"3.11.2"', '"3.10.2"'), 'latin1');
    }, 60_000);
    afterAll(() => {
      kit.remove();
    });

    const ways = [
      ['patch', '--verify', 'python@3.10.2'],
      ['patch', '--verify', 'tree'],
      ['verify', 'python@3.10.2'],
      ['verify', 'tree'],
      ['prove', 'python@3.10.2'],
      ['prove', 'tree'],
    ];

    it.each(ways)(
      '%s %s %s fails: the script argument and other sites are left plain',
      (...command) => {
        const ended = kit.mayexec(...command.map((word) => (word === 'tree' ? tree : word)));
        expect(ended.stderr).toContain('the series of python@3.10.2 does not cover ');
        const notFor = (rule: string, patch: string): RegExp =>
          new RegExp(`rule ${rule}: patch ${patch} should rewrite it, but has no edit for this release`);
        expect(ended.stderr).toMatch(notFor('script', 'script'));
        expect(ended.stderr).toMatch(notFor('startup', 'startup'));
        expect(ended.stderr).toMatch(notFor('pdb-script', 'pdb'));
        expect(ended.stderr).toMatch(notFor('setup-scripts', 'run-by-library'));
        expect(ended.stderr).toContain('patch tests needs patch script, but it has no edit for this release');
        expect(ended.stderr).toMatch(
          /rule legacy-imp: it opens code through patch imp, but it has no edit for this release/,
        );
        expect(ended.status).toBe(exit);
        expect(ended.stdout).toBe('');
      },
      60_000,
    );
  },
);

describe(
  'CPython, and a release that was added with the lock of one that is like it',
  needs(source.need),
  () => {
    const tree = join(work, 'like');
    const patches = readFileSync(join(packageFolder, 'generated/python/3.11.2/patches/series'), 'utf8')
      .trim()
      .split('\n').length;
    let kit: Kit;
    beforeAll(() => {
      kit = kitWith('python', withRelease('3.11.2', undefined, '3.10.2', [], 'copied'));
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
  },
);
