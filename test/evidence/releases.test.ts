import { describe, expect, it } from 'vitest';
import { chainText, doubtsIn, isAbout } from '../../src/evidence/answers.ts';
import { evidenceOf } from '../../src/evidence/evidence.ts';
import { scan } from '../../src/scan.ts';
import { readTree } from '../../src/source/tree.ts';
import { allReleases, firstReleases, namedRelease, targetNames } from '../../src/target/find.ts';
import type { Answer, Site } from '../../src/target/contract.ts';
import { needs, thorough } from '../needs.ts';
import { sourceOf } from '../trees.ts';

const releases = await allReleases();
const first = new Set(await firstReleases());
const sources = new Map<string, Awaited<ReturnType<typeof sourceOf>>>();
for (const name of releases) sources.set(name, await sourceOf(name));

async function followed(name: string): Promise<{
  readonly doubts: ReturnType<typeof doubtsIn>;
  readonly answers: readonly Answer[];
  readonly evaluated: readonly Site[];
}> {
  const named = await namedRelease(name);
  if (named === undefined) throw new Error(`no release ${name}`);
  const { target, release } = named;
  const scanned = await scan({ target, release, tree: readTree(sources.get(name)?.path ?? '') });
  const evidence = await evidenceOf(scanned.census, scanned.ends.tree, target);
  const answers = target.answers ?? [];
  return {
    doubts: doubtsIn(scanned.decisions, evidence, answers),
    answers,
    evaluated: scanned.census.sites.filter(({ id }) => evidence.get(id)?.found === 'sink'),
  };
}

describe.each(releases)('what is opened in %s', (name) => {
  const need = sources.get(name)?.need;

  it(
    'is marked, or answered for, where it is evaluated',
    { ...needs(...(need ? [need] : []), ...(first.has(name) ? [] : [thorough])), timeout: 120_000 },
    async () => {
      const { doubts } = await followed(name);
      const open = doubts.unanswered.map(
        ({ decision, chain }) => `${decision.site.id}\n${chainText(chain, '  ')}`,
      );
      expect(open).toEqual([]);
    },
  );
});

describe.each(targetNames())('the answers of %s', (target) => {
  const mine = releases.filter((release) => release.startsWith(`${target}@`));

  it(
    'are about sites of some release, each of them',
    { ...needs(...mine.flatMap((name) => sources.get(name)?.need ?? []), thorough), timeout: 300_000 },
    async () => {
      const unused = new Set<string>();
      const used = new Set<string>();
      for (const name of mine) {
        const { answers, evaluated } = await followed(name);
        for (const answer of answers) {
          for (const [file, owners] of Object.entries(answer.files)) {
            for (const owner of [owners].flat()) {
              const one = { ...answer, files: { [file]: owner } };
              (evaluated.some((site) => isAbout(one, site)) ? used : unused).add(`${file}: ${owner}`);
            }
          }
        }
      }
      expect([...unused].filter((one) => !used.has(one))).toEqual([]);
    },
  );
});
