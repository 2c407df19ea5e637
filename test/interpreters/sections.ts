import type { OwnTests } from '../../src/target/scenario.ts';

/** What an interpreter's own tests printed, by test. */
export type Sections = ReadonlyMap<string, string>;

/**
 * Cuts the output of an interpreter's own tests into a part a test, the tree's path and known noise taken out.
 *
 * @param output what they printed, as latin1
 * @param tree the path of the tree that they ran in
 */
export function sectionsOf(output: string, tree: string, tests: OwnTests): Sections {
  // The newline at the end would be an empty line of the test that happens to be the last.
  let text = output.replaceAll('\r\n', '\n').replace(/\n$/, '').replaceAll(tree, '{tree}');
  for (const { find, put } of tests.noise) text = text.replace(find, put);
  const sections = new Map<string, string>();
  let name = '';
  let lines: string[] = [];
  for (const line of text.split('\n')) {
    const heading = tests.heading.exec(line)?.[1];
    if (heading === undefined) {
      lines.push(line);
      continue;
    }
    sections.set(name, lines.join('\n'));
    name = heading;
    lines = [];
  }
  sections.set(name, lines.join('\n'));
  return sections;
}

/** How many tests ran: what is printed before the first of them is none. */
export function testsIn(sections: Sections): number {
  return [...sections.keys()].filter((name) => name !== '').length;
}

/**
 * Why an output shows no tests: fewer than there are, or another number than they say themselves.
 *
 * @returns undefined where it shows them
 */
export function lackOfTests(sections: Sections, { atLeast, plan }: OwnTests): string | undefined {
  const ran = testsIn(sections);
  if (ran < Math.max(1, atLeast)) return `only ${ran} tests ran, and there are ${atLeast} at least`;
  if (plan === undefined) return undefined;
  const all = new RegExp(plan.source, plan.flags.replace('g', '') + (plan.flags.includes('m') ? 'g' : 'gm'));
  const said = [...sections.values()].flatMap((text) =>
    [...text.matchAll(all)].map((found) => Number(found[1])),
  );
  const planned = said.reduce((sum, one) => sum + one, 0);
  return said.length > 0 && planned === ran
    ? undefined
    : `${ran} tests ran, and they say that they are ${planned}`;
}

/** The tests whose part is not one of those that the reference runs had. */
export function differing(references: readonly Sections[], run: Sections): string[] {
  const names = new Set([...references.flatMap((one) => [...one.keys()]), ...run.keys()]);
  return [...names].filter((name) => !references.some((one) => one.get(name) === run.get(name))).sort();
}

/** The tests that only a patched tree has, each with the lines that say that something is wrong. */
export function addedTests(
  references: readonly Sections[],
  run: Sections,
  harmless: RegExp,
): Map<string, string[]> {
  const added = [...run].filter(([name]) => !references.some((one) => one.has(name)));
  return new Map(
    added.map(([name, text]) => [name, text.split('\n').filter((line) => !harmless.test(line))]),
  );
}

/** Lines of one text that another does not have, marked as a diff marks them. */
export function changedLines(before: string, after: string): string[] {
  const count = (text: string): Map<string, number> => {
    const lines = new Map<string, number>();
    for (const line of text.split('\n')) lines.set(line, (lines.get(line) ?? 0) + 1);
    return lines;
  };
  const [old, now] = [count(before), count(after)];
  const only = (mark: string, a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): string[] =>
    [...a].filter(([line, times]) => times > (b.get(line) ?? 0)).map(([line]) => `${mark} ${line}`);
  const lines = [...only('-', old, now), ...only('+', now, old)];
  return lines.length > 0 || before === after ? lines : ['the same lines in another order'];
}
