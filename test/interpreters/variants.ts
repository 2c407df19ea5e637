import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../src/prove/build.ts';
import type { Variant } from '../../src/target/scenario.ts';
import type { Outcome } from './checks.ts';
import { benchOf } from './own-tests.ts';
import type { Subject } from './subjects.ts';
import { recipeOf } from '../../src/target/recipe.ts';

/**
 * Builds the patched tree in another way, and runs tests of it that find nothing wrong where nothing is.
 *
 * @param path the unpacked tree
 * @param patches texts of the series
 */
export async function checkVariant(
  variant: Variant,
  subject: Subject,
  path: string,
  patches: readonly string[],
): Promise<Outcome> {
  const { configure, make, command, atLeast } = variant;
  const target = { ...subject.target, build: { ...recipeOf(subject.target), configure, make } };
  const made = await build({ ...subject, target }, path, patches);
  const tests = { ...subject.trials.ownTests, command, atLeast };
  const work = realpathSync(mkdtempSync(join(tmpdir(), 'mayexec-variant-')));
  try {
    const sections = await (await benchOf(made.tree, work, 'patch1', tests)).whole();
    const lines = [...sections].flatMap(([test, text]) =>
      text
        .split('\n')
        .filter((line) => !tests.harmless.test(line))
        .map((line) => `${test}: ${line}`),
    );
    // What stands before the first test is none.
    const ran = [...sections].filter(([name]) => name !== '').length;
    return {
      ok: lines.length === 0 && ran >= atLeast,
      said: `${variant.what}: ${ran} tests, ${lines.length} lines that say otherwise`,
      lines: lines.slice(0, 40),
    };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
