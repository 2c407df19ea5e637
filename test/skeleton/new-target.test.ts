import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { memoryTree } from '../../src/source/tree.ts';
import { recipeIn } from '../../src/skeleton/recipe.ts';
import { versionIn } from '../../src/skeleton/version.ts';
import { needs, tool } from '../needs.ts';
import { checkout } from './checkout.ts';

const work = mkdtempSync(join(tmpdir(), 'mayexec-new-'));
const tree = join(work, 'tree');
cpSync(join(packageFolder, 'test/toy/tree'), tree, { recursive: true });
const kit = checkout();

afterAll(() => {
  rmSync(work, { recursive: true });
  kit.remove();
});

describe('mayexec new-target', () => {
  it('writes a target that compiles, and whose tree is scanned with every site undecided', () => {
    const made = kit.mayexec('new-target', 'newt', tree);
    expect(made).toMatchObject({ status: 0, stderr: '' });
    const [, promised] = /lists (\d+) sites as undecided/.exec(made.stdout) ?? [];
    expect(made.stdout).toContain('targets/newt/ and docs/newt.md are written');
    expect(kit.build()).toEqual({ status: 0, stdout: '', stderr: '' });
    const scanned = kit.mayexec('scan', tree);
    expect(scanned.stderr).toContain(`newt@1.2: no rule decides ${promised} site(s)`);
    expect(scanned.status).toBe(10);
    // What is called for its open is found without being named.
    expect(scanned.stdout).toMatch(/src\/main\.c:15 +main +eval_file/);
    // Each site has a rule that suggests a verdict, and decides nothing.
    const rules = kit.read('targets/newt/rules/opens.yml') ?? '';
    expect(rules.match(/^ {2}suggested: true$/gm)?.length).toBe(rules.match(/^- rule: /gm)?.length);
    expect(rules).toContain('"src/eval.c": "eval_file"');
    expect(scanned.stdout).toContain('exempt: 0 sites by 0 rules');
  }, 300_000);

  it('has every room that a target has, and what they hold fits together', () => {
    const text = `
      import { loadDeployment, loadTarget, loadTrials, loadWays } from './src/target/find.js';
      const target = await loadTarget('newt');
      await loadDeployment(target);
      const ways = Object.values(await loadWays(target));
      const { scenarios, ...build } = await loadTrials('newt');
      console.log(scenarios.length, ways.filter((one) => 'open' in one).length, Object.keys(build).sort().join());
    `;
    const { stdout, stderr } = kit.node(text);
    expect(stderr).toBe('');
    const [, scenarios, open, build] = /^(\d+) (\d+) (.*)\n$/.exec(stdout) ?? [];
    expect(Number(scenarios)).toBeGreaterThan(5);
    expect(Number(open)).toBeGreaterThan(20);
    expect(build?.split(',')).toEqual(
      expect.arrayContaining(['ownTests', 'rebuild', 'recipe', 'warnings', 'libraryOpens']),
    );
    for (const room of [
      'locks/.gitkeep',
      'fixtures/.gitattributes',
      'templates/opencode.c.ejs',
      'rules/opens.yml',
    ])
      expect(kit.read(`targets/newt/${room}`), room).toBeDefined();
  });

  it('is unfinished, and each thing that is left is listed with a hint, until it is done', () => {
    const left = (): readonly { kind: string; where: string; what: string; hint: string }[] => {
      const { status, stdout } = kit.mayexec('check-target', 'newt', '--json');
      expect(status).toBe(57);
      return JSON.parse(stdout) as never;
    };
    const first = left();
    expect(new Set(first.map(({ kind }) => kind))).toEqual(
      new Set(['rule', 'text', 'way', 'part', 'release', 'lock', 'generated', 'fixture']),
    );
    expect(first.filter(({ hint, what }) => hint === '' || what === '')).toEqual([]);
    const told = kit.mayexec('check-target', 'newt');
    expect(told.stderr).toContain(`${first.length} thing(s) are left to do for target newt`);
    for (const { where } of first) expect(told.stdout).toContain(where);
    // A rule that is confirmed, a way that is answered, a text that is written and a page that is removed.
    const change = (file: string, from: string | RegExp, to: string): void => {
      const text = kit.read(file) ?? '';
      expect(text).not.toBe(text.replace(from, to));
      kit.write(file, text.replace(from, to));
    };
    // One that marks sites needs a hunk as well, which the next step names.
    change(
      'targets/newt/rules/opens.yml',
      / {2}suggested: true\n {2}why: "TODO: (.*\n {2}verdict: exempt)/,
      '  why: "$1',
    );
    change('dist/targets/newt/ways.js', 'TODO: nobody has looked at it yet', 'it has no path');
    change('targets/newt/templates/helper.message.ejs', 'TODO: why', 'Why');
    rmSync(join(kit.folder, 'docs/newt.md'));
    const then = left();
    const count = (list: typeof first, one: string): number => list.filter(({ kind }) => kind === one).length;
    expect(count(then, 'rule')).toBe(count(first, 'rule') - 1);
    expect(count(then, 'way')).toBe(count(first, 'way') - 1);
    expect(then.some(({ where }) => where.includes('helper.message.ejs'))).toBe(false);
    expect(then.filter(({ kind }) => kind === 'page').map(({ where }) => where)).toEqual(['docs/newt.md']);
    expect(kit.mayexec('check-target', 'bash').stdout).not.toContain('rules');
    expect(kit.mayexec('check-target', 'nothing').status).toBe(21);
  });

  it('has duties outside of its folder, in a checkout with tests and pages', () => {
    const patches = 'generated/newt/1.2/patches';
    for (const folder of ['test/attack', patches]) mkdirSync(join(kit.folder, folder), { recursive: true });
    const [subject, prose] = [`Subject: [PATCH] ${'x'.repeat(56)}`, 'y'.repeat(72)];
    const files = {
      'CHANGELOG.md': '# Changes\n',
      [`${patches}/0000-cover-letter.txt`]: `${prose}y\n\nmayexec-kit (1):\n  ${prose}y\n`,
      [`${patches}/0001-x.patch`]: `${subject}\n\n${prose}\n---\n+${prose}\n`,
    };
    for (const [file, text] of Object.entries(files)) kit.write(file, text);
    const { stdout } = kit.mayexec('check-target', 'newt', '--json');
    const left = JSON.parse(stdout) as readonly { readonly where: string; readonly what: string }[];
    const told = (where: string): string | undefined => left.find((one) => one.where === where)?.what;
    expect(told('CHANGELOG.md')).toBe('does not name it');
    expect(told('test/attack/newt')).toBe('nobody tried to get round the series');
    expect(told(`${patches}/0000-cover-letter.txt`)).toBe(`73 columns: ${prose}y`);
    expect(told(`${patches}/0001-x.patch`)).toBe(`73 columns: ${subject}`);
    mkdirSync(join(kit.folder, 'test/attack/newt'));
    kit.write('CHANGELOG.md', '- newt 1.2\n');
    const then = kit.mayexec('check-target', 'newt').stdout;
    expect(then).not.toMatch(/CHANGELOG|test\/attack/);
    for (const folder of ['test', 'generated/newt']) rmSync(join(kit.folder, folder), { recursive: true });
  });

  it('that is wrong as a whole is told as one thing to correct, with what is wrong', () => {
    const file = 'targets/newt/rules/opens.yml';
    const text = kit.read(file) ?? '';
    // It marks sites, and no hunk rewrites them yet.
    const marks = text.replace(/ {2}suggested: true\n( {2}why: ".*\n {2}verdict: mark)/, '$1');
    expect(marks).not.toBe(text);
    kit.write(file, marks);
    const { status, stdout } = kit.mayexec('check-target', 'newt', '--json');
    kit.write(file, text);
    expect(status).toBe(57);
    expect(JSON.parse(stdout)).toEqual([
      {
        kind: 'part',
        where: 'targets/newt/',
        what: expect.stringContaining('rule') as string,
        hint: 'correct it: until then nothing more is said about this target',
      },
    ]);
  });

  it('is refused where a file of it exports something that nobody reads, or names what is not there', () => {
    const refusal = (file: string, from: string, to: string): string => {
      const path = `dist/targets/newt/${file}.js`;
      const text = kit.read(path) ?? '';
      kit.write(path, text.replace(from, to));
      const { stdout } = kit.node(`
        import { loadTrials, loadWays, loadTarget } from './src/target/find.js';
        try {
          await loadTrials('newt');
          await loadWays(await loadTarget('newt'));
        } catch (error) { console.log(error.code, error.message); }
      `);
      kit.write(path, text);
      return stdout;
    };
    expect(
      refusal('build', 'export const rebuild =', 'export const ownCoed = /x/;\nexport const rebuild ='),
    ).toMatch(/^target-invalid .*build\.ts exports `ownCoed`, which nothing reads/);
    expect(refusal('build', 'export const rebuild =', 'export const rebiuld =')).toMatch(
      /^target-invalid .*build\.ts exports `rebiuld`/,
    );
    expect(refusal('build', 'export const rebuild =', 'const rebuild =')).toMatch(
      /^target-invalid .*build\.ts does not export `rebuild`/,
    );
    expect(refusal('ways', 'export const ways =', 'export const way =')).toMatch(
      /^target-invalid .*ways\.ts exports `way`/,
    );
    expect(
      refusal(
        'scenarios/index',
        'export const scenarios = [',
        "export const scenarios = [{ id: 'a', patch: 'b' }, ",
      ),
    ).toMatch(/^target-invalid .*scenario a is about patch b, which does not exist/);
  });

  it('has a template of the helper that can be filled', () => {
    const text = `
      import { fillTemplate } from './src/render/template.js';
      import { renderRuntime } from './src/runtime/render.js';
      import { loadTarget } from './src/target/find.js';
      const target = await loadTarget('newt');
      const data = { release: target.releases[0], runtime: renderRuntime };
      console.log(fillTemplate(target, 'opencode.c.ejs', data), fillTemplate(target, 'helper.message.ejs', data));
    `;
    const { stdout, stderr } = kit.node(text);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^newt_open_code/m);
  });

  it('leaves a folder that is there as it is', () => {
    const before = kit.read('targets/newt/target.ts');
    kit.write('targets/newt/rules/opens.yml', '# mine\n[]\n');
    expect(kit.mayexec('new-target', 'newt', join(packageFolder, 'test/toy/tree'))).toMatchObject({
      status: 43,
    });
    expect(kit.read('targets/newt/target.ts')).toBe(before);
    expect(kit.read('targets/newt/rules/opens.yml')).toBe('# mine\n[]\n');
  });

  it.each([
    ['a tree that a target knows', 'other', tree, 44, 'newt@1.2'],
    ['a name that is none', '../x', tree, 2, 'is not a valid target name'],
    ['a tree without sources', 'other', join(work, 'empty'), 24, 'holds no source'],
  ])('refuses %s', (_what, name, path, status, says) => {
    mkdirSync(join(work, 'empty'), { recursive: true });
    writeFileSync(join(work, 'empty', 'README'), 'nothing\n');
    const refused = kit.mayexec('new-target', name, path);
    expect(refused.stderr).toContain(says);
    expect(refused.status).toBe(status);
    expect(kit.read('targets/other/target.ts')).toBeUndefined();
  });

  it('is asked for no more when it is removed, and what was built of it is named', () => {
    const parts = ['targets/newt', 'dist/targets/newt'].map((part) => join(kit.folder, part));
    const [own = '', built = ''] = parts;
    rmSync(own, { recursive: true });
    const left = kit.mayexec('scan', tree);
    expect(left.stderr).toContain('remove dist/targets/newt too');
    expect(left.status).toBe(25);
    rmSync(built, { recursive: true });
    expect(kit.mayexec('scan', tree).status).toBe(20);
    expect(kit.mayexec('new-target', 'newt', tree).status).toBe(0);
  });

  it('says that an installed package is no place for it', () => {
    const installed = checkout();
    try {
      rmSync(join(installed.folder, 'targets'), { recursive: true });
      mkdirSync(join(installed.folder, 'targets', 'bash'), { recursive: true });
      symlinkSync(join(packageFolder, 'targets/bash/rules'), join(installed.folder, 'targets/bash/rules'));
      for (const args of [
        ['new-target', 'other', tree],
        ['new-release', 'bash@5.2.16', tree],
      ]) {
        expect(installed.mayexec(...args)).toMatchObject({ status: 39, stdout: '' });
      }
    } finally {
      installed.remove();
    }
  });
});

describe('the version of a tree', () => {
  it.each([
    ['VERSION', '1.2\n', '1.2'],
    ['configure.ac', 'AC_INIT([dash],[0.5.12])\n', '0.5.12'],
    ['configure.ac', 'AC_INIT(thing, v2.0-rc1, bugs@example.org)\n', '2.0-rc1'],
    ['CMakeLists.txt', 'project(thing\n  VERSION 3.1.4 LANGUAGES C)\n', '3.1.4'],
    ['meson.build', "project('thing', 'c',\n  version : '0.9.1')\n", '0.9.1'],
    ['Makefile', 'NAME = thing\nVERSION = 4.2\n', '4.2'],
    ['src/version.h', '#define THING_VERSION "7.0.1"\n', '7.0.1'],
    ['README', 'thing 1.2\n', undefined],
  ])('is read from %s', (file, text, version) => {
    expect(versionIn(memoryTree(new Map([[file, text]])))?.version).toBe(version);
  });
});

describe('how a tree seems to be built', () => {
  it.each([
    ['configure', { configure: '' }, ['./configure'], ['make'], 'thing'],
    [
      'configure.ac',
      { 'configure.ac': '', 'src/Makefile.am': 'bin_PROGRAMS = thing\n' },
      ['sh'],
      ['make'],
      'src/thing',
    ],
    ['CMakeLists.txt', { 'CMakeLists.txt': '' }, ['cmake'], ['cmake', '--build', 'build'], 'build/thing'],
    ['meson.build', { 'meson.build': '' }, ['meson'], ['ninja', '-C', 'build'], 'build/thing'],
    ['Makefile', { Makefile: '' }, ['sh'], ['sh'], 'thing'],
  ])('is told by %s', (from, files, [program], make, binary) => {
    const found = recipeIn(memoryTree(new Map(Object.entries(files))), 'thing');
    expect(found).toMatchObject({ from, binary });
    expect(found.make.slice(0, make.length)).toEqual(make);
    expect(found.configure[0]).toBe(program);
  });

  it('hands the words of configure to make where there is no configure', needs(tool('make')), () => {
    const folder = mkdtempSync(join(tmpdir(), 'mayexec-recipe-'));
    try {
      writeFileSync(join(folder, 'Makefile'), "all:\n\t@echo '$(CFLAGS) of $(GOAL)'\n");
      const { configure, make } = recipeIn(memoryTree(new Map([['Makefile', '']])), 'thing');
      const run = ([program = '', ...words]: readonly string[], ...more: readonly string[]): string =>
        execFileSync(program, [...words, ...more], { cwd: folder, encoding: 'utf8' });
      run(configure, 'CFLAGS=-O0 -g');
      expect(run(make, 'GOAL=all')).toBe('-O0 -g of all\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
