import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tool } from '../../src/prove/tools.ts';
import { openCache } from '../../src/source/cache.ts';
import type { NoTests, OwnTests } from '../../src/target/scenario.ts';
import type { Outcome } from './checks.ts';
import { benchOf } from './own-tests.ts';
import type { Bench } from './own-tests.ts';
import { addedTests, changedLines, differing, lackOfTests, testsIn } from './sections.ts';
import type { Sections } from './sections.ts';

/** How often a test is run alone, with each interpreter, to tell a change from chance. */
const AGAIN = 6;

/**
 * Runs an interpreter's own tests, twice as it was and once patched, all at once: they mostly wait. What a test
 * prints must be what it printed with the stock interpreter; one that does not print the same each time with the
 * stock interpreter is named.
 *
 * @param details folder that gets the outputs where they differ
 */
export async function compareOwnTests(
  stock: string,
  patched: string,
  tests: OwnTests | NoTests,
  details: string,
): Promise<Outcome> {
  if ('none' in tests) return { ok: true, said: `none: ${tests.none}` };
  const work = realpathSync(mkdtempSync(join(tmpdir(), 'mayexec-tests-')));
  try {
    const [first, second, changed, supervised] = await Promise.all([
      benchOf(stock, work, 'stock1', tests),
      benchOf(stock, work, 'stock2', tests),
      benchOf(patched, work, 'patch1', tests),
      tests.supervised === true ? benchOf(patched, work, 'patch2', tests, await knowing()) : undefined,
    ]);
    const [one, two, run, inside] = await Promise.all([
      first.whole(),
      second.whole(),
      changed.whole(),
      supervised?.whole(),
    ]);
    for (const sections of [one, two, run, inside ?? run]) {
      const lack = lackOfTests(sections, tests);
      if (lack !== undefined) return { ok: false, said: lack, lines: [...sections.keys()] };
    }
    const flaky = new Map(
      differing([one], two).map((test) => [test, changedLines(one.get(test) ?? '', two.get(test) ?? '')]),
    );
    const wrong: string[] = [];
    const judge = async (sections: Sections, bench: Bench, where: string): Promise<number> => {
      const news = addedTests([one, two], sections, tests.harmless);
      for (const [test, lines] of news) wrong.push(...lines.map((line) => `${test}, new${where}: ${line}`));
      for (const test of differing([one, two], sections)) {
        if (news.has(test)) continue;
        const lines = changedLines(one.get(test) ?? '', sections.get(test) ?? '');
        if (await isChance(test, [one, two], sections, first, bench)) flaky.set(test, lines);
        else {
          keep(details, test, one, sections);
          wrong.push(`${test} prints something else${where} (whole in ${details}):`, ...lines.slice(0, 40));
        }
      }
      return news.size;
    };
    const added = await judge(run, changed, '');
    if (inside && supervised) await judge(inside, supervised, ' where the kernel knows the flag');
    const named = [...flaky].map(([test, lines]) => `${test} (${lines.join(' | ')})`);
    const varied = named.length === 0 ? 'none varies' : `varying by themselves: ${named.join('; ')}`;
    return {
      ok: wrong.length === 0,
      said:
        `${testsIn(run) - added} tests, the same output, and ${added} new` +
        `${inside ? ', on a kernel that knows the flag too' : ''}; ${varied}`,
      lines: wrong,
    };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** What runs a command on a kernel that knows the flag and has no policy. */
async function knowing(): Promise<readonly string[]> {
  return [await tool('supervisor', openCache().folder), '--policy', '0', '--'];
}

/** Whether what differs is something that the stock interpreter does as well, now and then. */
async function isChance(
  test: string,
  references: readonly Sections[],
  run: Sections,
  stock: Bench,
  patched: Bench,
): Promise<boolean> {
  const printed = new Set(references.map((one) => one.get(test)));
  const alone = new Set<string>();
  for (let time = 0; time < AGAIN; time += 1) {
    printed.add(await stock.single(test));
    alone.add(await patched.single(test));
  }
  // What the patched one printed the stock one prints too, or it was once and never again.
  return printed.has(run.get(test)) || [...alone].every((output) => printed.has(output));
}

function keep(details: string, test: string, stock: Sections, patched: Sections): void {
  mkdirSync(details, { recursive: true });
  for (const [kind, sections] of Object.entries({ stock, patched })) {
    writeFileSync(join(details, `${test.replaceAll('/', '-')}.${kind}`), sections.get(test) ?? '', 'latin1');
  }
}
