import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../src/prove/build.ts';
import type { Build } from '../../src/prove/build.ts';
import type { Variant } from '../../src/target/scenario.ts';
import { inVariant } from '../../src/target/variant.ts';
import type { Outcome } from './checks.ts';
import { inBeds } from './in-beds.ts';
import { benchOf } from './own-tests.ts';
import { testsIn } from './sections.ts';
import type { Subject } from './subjects.ts';

/**
 * Builds the tree in another way, and runs tests of it that find nothing wrong where nothing is, and the scenarios that
 * the variant has.
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
  const other = inVariant(subject, variant);
  const patched = await build(other, path, patches);
  const outcomes: Outcome[] = [];
  if (variant.tests !== undefined) outcomes.push(await ownTestsOf(variant.tests, subject, patched));
  if (variant.scenarios !== undefined)
    outcomes.push(await inBeds(other, await build(other, path, []), patched));
  const said = outcomes.length === 0 ? 'built, and nothing run' : outcomes.map((one) => one.said).join('; ');
  return {
    ok: outcomes.every(({ ok }) => ok),
    said: `${variant.what}: ${said}`,
    lines: outcomes.flatMap(({ lines = [] }) => lines),
  };
}

async function ownTestsOf(
  { command, atLeast }: NonNullable<Variant['tests']>,
  { trials: { ownTests } }: Subject,
  made: Build,
): Promise<Outcome> {
  if ('none' in ownTests) return { ok: false, said: `it has tests, and its target none: ${ownTests.none}` };
  const tests = { ...ownTests, command, atLeast };
  const work = realpathSync(mkdtempSync(join(tmpdir(), 'mayexec-variant-')));
  try {
    const sections = await (await benchOf(made.tree, work, 'patch1', tests)).whole();
    const lines = [...sections].flatMap(([test, text]) =>
      text
        .split('\n')
        .filter((line) => !tests.harmless.test(line))
        .map((line) => `${test}: ${line}`),
    );
    const ran = testsIn(sections);
    return {
      ok: lines.length === 0 && ran >= atLeast,
      said: `${ran} tests, ${lines.length} lines that say otherwise`,
      lines: lines.slice(0, 40),
    };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
