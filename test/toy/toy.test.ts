import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { questionMutantsOf } from '../../src/mutants.ts';
import { makeSeries } from '../../src/pipeline.ts';
import { scan } from '../../src/scan.ts';
import type { Patched, SeriesOptions } from '../../src/pipeline.ts';
import { lockText } from '../../src/lock/write-lock.ts';
import { packageFolder } from '../../src/package.ts';
import { scanText } from '../../src/report/scan.ts';
import { whyText } from '../../src/report/why.ts';
import { applySeries, seriesFile } from '../../src/series/series.ts';
import { memoryTree, readTree } from '../../src/source/tree.ts';
import type { Tree } from '../../src/target/contract.ts';
import { verifySeries } from '../../src/verify/foreign.ts';
import { unlike } from '../fixtures/folder.ts';
import { lockOfTree } from '../locked.ts';
import { needs, tool } from '../needs.ts';
import { target } from './target.ts';

const folder = join(packageFolder, 'test', 'toy');
const [release] = target.releases;
if (release === undefined) throw new Error('toy has no release');

const ALL = { roles: ['config', 'entries'] };
const toy = readTree(join(folder, 'tree'));

const made = (tree: Tree, options: SeriesOptions = ALL): Promise<Patched> =>
  makeSeries({ tree, target, release }, options);

/** A tree with some files as they are after a series. */
const over = (tree: Tree, files: ReadonlyMap<string, string>): Tree =>
  memoryTree(new Map([...tree.files.map((file) => [file, tree.read(file)] as const), ...files]));

describe('toy, with every shape of edit', () => {
  let whole: Patched;
  let other: readonly string[];
  beforeAll(async () => {
    // Before anything is held against it: UPDATE=1 writes it anew.
    const lock = lockText(await lockOfTree({ tree: toy, target, release }));
    other = unlike(join(folder, 'locks'), new Map([[`${release.version}.lock`, lock]]));
    whole = await made(toy);
  });

  it('has the lock that is written down', () => {
    expect(other).toEqual([]);
  });

  it('gives the series, the ledger and the texts that are written down', () => {
    const golden = new Map(whole.series.patches.map(({ name, text }) => [`patches/${name}`, text]));
    const { cover } = whole.series;
    if (cover !== undefined) golden.set(`patches/${cover.name}`, cover.text);
    golden.set('patches/series', seriesFile(whole.series));
    golden.set('ledger.json', `${JSON.stringify(whole.scanned.ledger, null, 2)}\n`);
    golden.set('scan.txt', scanText(whole.scanned.ledger, true));
    golden.set('why.txt', whole.scanned.ledger.sites.map(whyText).join('\n'));
    expect(unlike(join(folder, 'golden'), golden)).toEqual([]);
  });

  it('has a mutant for each question, in which the answer is that nothing denies', async () => {
    const { mutants, unmade } = questionMutantsOf(whole);
    expect(unmade).toEqual([]);
    expect(mutants.map(({ at, kind }) => [at.file, at.text, kind])).toEqual([
      ['src/main.c', 'toy_interactive_denied (TOY_CODE_OPTION)', 'question'],
    ]);
    const [mutant] = mutants;
    const text = whole.files.get('src/main.c') ?? '';
    expect(text.split('\n')[(mutant?.at.line ?? 0) - 1]).toContain(
      'if (toy_interactive_denied (TOY_CODE_OPTION))',
    );
    expect(mutant?.files).toEqual(
      new Map([['src/main.c', text.replace('if (toy_interactive_denied (TOY_CODE_OPTION))', 'if (0)')]]),
    );
    expect(questionMutantsOf(await made(toy, { roles: ['config'] }))).toEqual({ mutants: [], unmade: [] });
  });

  it('has no mutant for a question of which the target says what proves it', () => {
    const { target } = whole.scanned;
    const unproven = 'another question refuses the same code';
    const questions = (target.questions ?? []).map((one) => ({ ...one, unproven }));
    const said = { ...whole, scanned: { ...whole.scanned, target: { ...target, questions } } };
    const { mutants, unmade } = questionMutantsOf(said);
    expect(mutants).toEqual([]);
    expect(unmade.map(({ at, why, excused }) => [at.text, why, excused])).toEqual([
      ['toy_interactive_denied (TOY_CODE_OPTION)', unproven, true],
    ]);
  });

  it('changes what it says and nothing else: every other byte is as it was', () => {
    for (const [file, text] of whole.files) {
      if (!toy.has(file)) continue;
      const kept = (one: string): string => one.replace(/[^\x80-\xff\f\r\0]/g, '');
      // load.h's two changed lines have a carriage return each, as before.
      expect(kept(text), file).toBe(kept(toy.read(file)));
      expect(text.endsWith('\n'), file).toBe(toy.read(file).endsWith('\n'));
    }
    expect([...whole.files.keys()].some((file) => toy.has(file) && !toy.read(file).endsWith('\n'))).toBe(
      true,
    );
  });

  const tools = needs(tool('git'), tool('patch'), tool('quilt'));
  it('git am, patch and quilt take it, whole and without what is optional', tools, async () => {
    const applied = ['git am', 'patch', 'quilt'].map((name) => ({ tool: name, result: 'applied' }));
    for (const roles of [['config', 'entries'], ['config'], ['entries'], []]) {
      const { series, files } = await made(toy, { roles });
      expect(series.patches.length).toBe(3 + roles.length);
      expect(await verifySeries(toy, series, files)).toEqual(applied);
    }
    // Left out of the whole series by hand.
    for (const id of ['config', 'entries']) {
      const less = { patches: whole.series.patches.filter((patch) => patch.id !== id) };
      expect(await verifySeries(toy, less, applySeries(toy, less))).toEqual(applied);
    }
  });

  it('leaves out what is off by default', async () => {
    const { series } = await made(toy, {});
    expect(series.patches.map((patch) => patch.id)).toEqual(['helper', 'script', 'module', 'entries']);
  });

  it('finds nothing to do in a tree that carries the series', async () => {
    const again = await made(over(toy, whole.files));
    expect(again.series.patches).toEqual([]);
    expect(again.files).toEqual(new Map());
    expect(again.scanned.presence).toEqual(new Map(target.patches.map((patch) => [patch.id, true])));
    const states = again.scanned.ledger.sites.filter((site) => site.state === 'rewritten');
    expect(states.map((site) => site.rule).sort()).toEqual(
      ['code-builtin', 'eval', 'import', 'load', 'runpath', 'settings', 'stream', 'stream'].sort(),
    );
  });

  it('makes the rest in a tree that carries a part of the series', async () => {
    let tree = toy;
    for (const { id } of target.patches) {
      const rest = await made(tree);
      expect(rest.series.patches[0]?.id).toBe(id);
      const first = { patches: rest.series.patches.slice(0, 1) };
      tree = over(tree, applySeries(tree, first));
    }
    for (const [file, text] of whole.files) expect(tree.read(file)).toBe(text);
  });

  it('names a patch of which a part is there, whichever file is not', async () => {
    const several = whole.series.patches.filter((patch) => patch.files.length > 1);
    expect(several.length).toBe(3);
    for (const { id, files } of several) {
      for (const file of files) {
        const partly = new Map([...whole.files].filter(([name]) => name !== file));
        const tree = over(toy, partly);
        await expect(made(tree), `${id} without ${file}`).rejects.toMatchObject({
          code: 'half-patched',
          details: { patch: id },
        });
      }
    }
  });

  it('is the same whatever the order in which the files came', async () => {
    const files = toy.files.map((file) => [file, toy.read(file)] as const);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(files, { minLength: files.length }), async (shuffled) => {
        const listed = new Map(shuffled);
        // tests/run is executable on the disk only.
        const executable = (file: string): boolean => toy.executable(file);
        const other = await made({ ...memoryTree(listed), executable });
        expect(other.series).toEqual(whole.series);
        expect(other.scanned.ledger).toEqual(whole.scanned.ledger);
        const unsorted = await made({ ...memoryTree(listed), executable, files: [...listed.keys()] });
        expect(unsorted.series).toEqual(whole.series);
      }),
      { numRuns: 10 },
    );
  });

  it('knows each site, and every hit that is none', async () => {
    const { census } = await scan({ tree: toy, target, release });
    const { other } = census;
    expect(census.hits).toBe(census.sites.length + Object.values(other).reduce((sum, one) => sum + one, 0));
    expect(Object.entries(other).filter(([, count]) => count === 0)).toEqual([]);
    expect(census.notShipped).toEqual([{ why: 'the test suite', files: ['tests/reader.c'] }]);
    // The same text twice in one function: told apart by the number at the end.
    const twice = census.sites.filter((site) => site.owner.name === 'script_stream').map((site) => site.id);
    expect(twice.map((id) => id.slice(-2))).toEqual(['#1', '#2']);
    expect(new Set(census.sites.map((site) => site.id)).size).toBe(census.sites.length);
  });
});
