import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OwnTests } from '../../src/target/scenario.js';
import type { Outcome } from './checks.js';
import { benchOf } from './own-tests.js';
import type { Bench } from './own-tests.js';
import { addedTests, changedLines, differing } from './sections.js';
import type { Sections } from './sections.js';

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
  tests: OwnTests,
  details: string,
): Promise<Outcome> {
  const work = realpathSync(mkdtempSync(join(tmpdir(), 'mayexec-tests-')));
  try {
    const [first, second, changed] = await Promise.all([
      benchOf(stock, work, 'stock1', tests),
      benchOf(stock, work, 'stock2', tests),
      benchOf(patched, work, 'patch1', tests),
    ]);
    const [one, two, run] = await Promise.all([first.whole(), second.whole(), changed.whole()]);
    const few = [one, two, run].find((sections) => sections.size < tests.atLeast);
    if (few) return { ok: false, said: `only ${few.size} tests ran`, lines: [...few.keys()] };
    const flaky = new Map(
      differing([one], two).map((test) => [test, changedLines(one.get(test) ?? '', two.get(test) ?? '')]),
    );
    const added = addedTests([one, two], run, tests.harmless);
    const wrong = [...added].flatMap(([test, lines]) => lines.map((line) => `${test}, new: ${line}`));
    for (const test of differing([one, two], run)) {
      if (added.has(test)) continue;
      const lines = changedLines(one.get(test) ?? '', run.get(test) ?? '');
      if (await isChance(test, [one, two], run, first, changed)) flaky.set(test, lines);
      else {
        keep(details, test, one, run);
        wrong.push(`${test} prints something else (whole in ${details}):`, ...lines.slice(0, 40));
      }
    }
    const named = [...flaky].map(([test, lines]) => `${test} (${lines.join(' | ')})`);
    const varied = named.length === 0 ? 'none varies' : `varying by themselves: ${named.join('; ')}`;
    return {
      ok: wrong.length === 0,
      said: `${run.size - added.size} tests, the same output, and ${added.size} new; ${varied}`,
      lines: wrong,
    };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
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
    writeFileSync(join(details, `${test}.${kind}`), sections.get(test) ?? '', 'latin1');
  }
}
