import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Build, Buildable } from '../../src/prove/build.ts';
import { withBeds } from '../../src/prove/beds.ts';
import { matrixOf } from '../../src/prove/matrix.ts';
import { assertProven, mutationCells, noticedMutants, unprovenIn } from '../../src/prove/mutate.ts';
import type { Noticed } from '../../src/prove/mutate.ts';
import { loadTrials, namedRelease } from '../../src/target/find.ts';
import type { Scenario } from '../../src/target/scenario.ts';
import { problemOf, say } from './bed.ts';
import { testProgram, toy } from './interpreter.ts';
import { cache } from './place.ts';
import { recipeOf } from '../../src/target/recipe.ts';

const site = (line: number) => ({ id: `toy.c#${line}`, file: 'toy.c', line, text: 'open(path)' });

const scenario: Scenario = {
  id: 'script',
  what: 'a script',
  files: { script: 'say script ran\n' },
  argv: ['{interpreter}', 'script'],
  marked: ['script'],
  plain: [],
  says: ['script ran'],
  refused: { says: ['script: Permission denied'], status: 126 },
};

const sourced: Scenario = {
  ...scenario,
  id: 'sourced',
  what: 'a file that a script sources',
  files: { script: { text: 'source inner\n', mode: 0o755 }, inner: 'say inner ran\n' },
  marked: ['script', 'inner'],
  placements: ['executable', 'plain'],
  says: ['inner ran'],
  refused: { says: ['inner: Permission denied'], status: 126 },
};

let tree = '';

beforeEach(async () => {
  tree = mkdtempSync(join(tmpdir(), 'mayexec-test-mutate-'));
  const { stock, patched } = await toy();
  copyFileSync(stock, join(tree, 'stock'));
  copyFileSync(patched, join(tree, 'patched'));
  copyFileSync(patched, join(tree, 'toy'));
  writeFileSync(join(tree, 'which'), 'patched');
  for (const name of ['stock', 'patched', 'toy']) chmodSync(join(tree, name), 0o755);
});

afterEach(() => {
  rmSync(tree, { recursive: true });
});

/** Runs mutants of an interpreter that is built by choosing one of two: the file `which` says which. */
async function notice(
  mutants: readonly Readonly<Record<string, string>>[],
  whole = 'patched',
  scenarios: readonly Scenario[] = [scenario],
): Promise<{ readonly noticed: readonly Noticed[]; readonly copies: readonly string[] } | undefined> {
  const named = await namedRelease('bash@5.2.15');
  if (named === undefined) throw new Error('there is no such release');
  const { target, release } = named;
  const command = ['sh', '-c', 'cp "{tree}/$(cat which)" new && mv new toy'] as const;
  const subject: Buildable = {
    release,
    target: { ...target, build: { ...recipeOf(target), binary: 'toy' } },
    trials: { ...(await loadTrials('bash')), rebuild: { commands: [command] }, scenarios },
  };
  const patched: Build = { tree, binary: join(tree, 'toy'), log: '', fresh: false };
  const copies = new Set<string>();
  return withBeds({ cache, say, only: ['supervisor'] }, async (beds) => {
    if (beds.length === 0) return undefined;
    const program = (one: Build): { patched: { path: string; shown: string } } => {
      copies.add(one.tree);
      return { patched: { path: one.binary, shown: one.binary } };
    };
    const cells = mutationCells(matrixOf('toy', scenarios, release, beds, program(patched)));
    copies.clear();
    const noticed = await noticedMutants(
      {
        ...{ subject, patched, program, cells, tell: () => undefined },
        files: new Map(Object.entries({ which: whole, other: 'x' })),
      },
      mutants.map((files, index) => ({
        ...{ at: site(index + 1), kind: 'site' },
        files: new Map(Object.entries(files)),
      })),
    );
    return { noticed, copies: [...copies] };
  });
}

/** What `--mutate` ends with; undefined for status 0. */
function ending(noticed: readonly Noticed[]): ReturnType<typeof problemOf> {
  return problemOf(() =>
    Promise.resolve().then(() => {
      assertProven(noticed);
    }),
  );
}

describe('a series with one site left plain', () => {
  it('is noticed where a scenario turns red, by nothing where none does, and is put right for the next', async () => {
    const found = await notice([{ which: 'stock' }, { other: 'y' }, { which: 'stock' }]);
    if (found === undefined) return;
    expect(found.noticed.map(({ at: { line }, scenarios }) => [line, scenarios])).toEqual([
      [1, ['script']],
      [2, []],
      [3, ['script']],
    ]);
    expect(found.noticed[0]?.saw).toContain('hole: status 0');
    // The build itself is as it was, and its copy is gone.
    expect(readFileSync(join(tree, 'which'), 'latin1')).toBe('patched');
    expect(found.copies).toHaveLength(1);
    expect(found.copies.some((copy) => copy === tree || existsSync(copy))).toBe(false);
  });

  it('is not noticed where it only breaks something, nor where it cannot be built, and that is said', async () => {
    writeFileSync(join(tree, 'broken'), '#!/bin/sh\nexit 3\n', { mode: 0o755 });
    const found = await notice([{ which: 'broken' }, { which: 'none' }, { which: 'stock' }]);
    if (found === undefined) return;
    expect(found.noticed.map(({ scenarios, unmade }) => [scenarios, unmade?.excused])).toEqual([
      [[], undefined],
      [[], false],
      [['script'], undefined],
    ]);
    expect(found.noticed[1]?.unmade?.why).toContain('cannot be built');
    expect(unprovenIn(found.noticed)).toEqual([
      expect.stringContaining('toy.c:1'),
      expect.stringContaining('cannot be built'),
    ]);
  });

  it('is not tried where the whole series is red by itself', async () => {
    await expect(notice([{ other: 'y' }], 'stock')).rejects.toThrow(
      'scenario script fails with the whole series: expected status 126, found 0',
    );
  });

  it('is unproven as soon as the one scenario that notices it is deleted', async () => {
    for (const name of ['script', 'sourced']) {
      const missing = await testProgram('toy', ['-DPATCHED', `-DMISSES_${name.toUpperCase()}=1`]);
      copyFileSync(missing, join(tree, name));
      chmodSync(join(tree, name), 0o755);
    }
    const mutants = [{ which: 'script' }, { which: 'sourced' }];
    const all = await notice(mutants, 'patched', [scenario, sourced]);
    if (all === undefined) return;
    expect(all.noticed.map(({ scenarios }) => scenarios)).toEqual([['script'], ['sourced']]);
    expect(await ending(all.noticed)).toBeUndefined();
    for (const [kept, unproven] of [
      [scenario, 2],
      [sourced, 1],
    ] as const) {
      const left = await notice(mutants, 'patched', [kept]);
      const found = await ending(left?.noticed ?? []);
      expect([found?.code, found?.exit]).toEqual(['unproven', 74]);
      expect(found?.message).toContain(`toy.c:${unproven} open(path)`);
      expect(found?.message).not.toContain(`toy.c:${3 - unproven} open(path)`);
    }
  });
});
