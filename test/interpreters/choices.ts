import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chosenPatches, makeSeries } from '../../src/pipeline.ts';
import { packageFolder } from '../../src/package.ts';
import { withBeds } from '../../src/prove/beds.ts';
import { programOf, withCopy } from '../../src/prove/build.ts';
import type { Build } from '../../src/prove/build.ts';
import { judgeEnding, judgeOutcome } from '../../src/prove/judge.ts';
import { matrixOf, runMatrix } from '../../src/prove/matrix.ts';
import type { Cell, Result } from '../../src/prove/matrix.ts';
import { readTree } from '../../src/source/tree.ts';
import type { Entry, Target } from '../../src/target/contract.ts';
import type { Outcome } from './checks.ts';
import { bedOptions } from './in-beds.ts';
import type { Subject } from './subjects.ts';

/** A macro that a builder may define, and which cells of the matrix the interpreter then answers without any securebit. */
interface Choice {
  readonly macro: string;
  readonly cells: (cell: Cell) => boolean;
}

const denied = ({ deny, policy, expected }: Cell): boolean => deny && policy === 0 && expected === 'refused';
const plain = ({ deny, policy }: Cell): boolean => !deny && policy === 0;

/** The macros of docs/helper.md that stand for a securebit. */
const WHOLE: readonly Choice[] = [
  { macro: 'MAYEXEC_DENY_INTERACTIVE', cells: ({ deny, policy }) => deny && policy === 0 },
  { macro: 'MAYEXEC_RESTRICT_FILE', cells: ({ deny, policy }) => !deny && policy === 3 },
  { macro: 'MAYEXEC_STRICT', cells: ({ deny, policy }) => !deny && policy === 3 },
];

/** What does not change an answer. */
const CHECK_ALWAYS: Choice = { macro: 'MAYEXEC_CHECK_ALWAYS', cells: plain };

/** The parts of the first of them, and the kinds of entries that each is for: together they refuse what it refuses. */
const PARTS: readonly (Choice & { readonly kinds: readonly Entry['kind'][] })[] = [
  { macro: 'MAYEXEC_DENY_OPTIONS', cells: denied, kinds: ['snippet'] },
  { macro: 'MAYEXEC_DENY_STDIN', cells: denied, kinds: ['stdin', 'interactive'] },
  { macro: 'MAYEXEC_DENY_ENVIRONMENT', cells: denied, kinds: ['environment'] },
];

const PAGE = join(packageFolder, 'docs', 'choices.md');

/**
 * Builds the patched interpreter's helper once with each macro that a builder may choose, and runs the scenarios with no
 * securebit set: what is refused by the macro is what the securebit refuses.
 *
 * The rest of the interpreter is the one that was built without: the build of the second stage that docs/helper.md
 * describes.
 */
export async function buildChoices(subject: Subject, path: string, patched: Build): Promise<Outcome> {
  const { target, trials, release } = subject;
  return withBeds({ ...bedOptions(), only: ['securebits'] }, async ([bed]) => {
    if (bed === undefined) return { ok: true, said: 'not run: Linux 6.14 has the securebits' };
    const patches = new Set(chosenPatches(target, release, undefined).map(({ id }) => id));
    const programs = { patched: programOf(subject, patched) };
    const all = matrixOf(target.name, trials.scenarios, release, [bed], programs, { patches });
    const helper = await helperIn(subject, path);
    const text = readFileSync(join(patched.tree, helper), 'latin1');
    const lines: string[] = [];
    const refusedBy = new Map<string, Set<string>>();
    let count = 0;
    const { rebuild } = trials;
    const relinked = { ...trials, rebuild: { commands: rebuild.relink ?? rebuild.commands } };
    await withCopy({ ...subject, trials: relinked }, patched, async (copy, again) => {
      const ran = async (
        { macro, cells }: Choice,
        judge: typeof judgeEnding = judgeEnding,
      ): Promise<readonly Result[]> => {
        await again(new Map([[helper, `#define ${macro} 1\n${text}`]]));
        const mine = all.filter(cells).map((cell) => ({ ...cell, deny: false, policy: 0 as const }));
        const results = await runMatrix(mine, { patched: programOf(subject, copy) }, undefined, judge);
        count += results.length;
        return results;
      };
      for (const choice of [...WHOLE, CHECK_ALWAYS]) {
        for (const { scenario, placement, wrong } of await ran(choice))
          lines.push(...wrong.map((line) => `${choice.macro}, ${scenario.id}, ${placement}: ${line}`));
      }
      for (const choice of PARTS) {
        // Whose macro it is not says nothing, and need not run what another one keeps from working.
        for (const { scenario, seen } of await ran(choice, judgeOutcome)) {
          const by = refusedBy.get(scenario.id) ?? new Set();
          refusedBy.set(scenario.id, by);
          if (seen === 'refused') by.add(choice.macro);
        }
      }
    });
    for (const [scenario, by] of refusedBy) {
      if (by.size === 0)
        lines.push(`${scenario}: refused by MAYEXEC_DENY_INTERACTIVE, and by none of its parts`);
    }
    // An interpreter that takes no code from the environment, for example, has nothing that the third could refuse.
    for (const { macro, kinds } of PARTS) {
      const closed = target.entries.some(({ kind, patch }) => patch !== undefined && kinds.includes(kind));
      const refuses = [...refusedBy.values()].some((by) => by.has(macro));
      if (closed !== refuses) lines.push(`${macro} refuses ${refuses ? 'what no entry names' : 'nothing'}`);
    }
    const stale = pageIsStale(target, linesOf(refusedBy));
    return {
      ok: lines.length === 0 && count > 0 && !stale,
      said: `${count} runs of ${WHOLE.length + 1 + PARTS.length} builds`,
      lines: stale ? [...lines, 'docs/choices.md is another one: UPDATE=1 writes it'] : lines,
    };
  });
}

/** The file of a series that the macros decide in. */
async function helperIn({ target, release }: Subject, path: string): Promise<string> {
  const { files } = await makeSeries({ target, release, tree: readTree(path) });
  const found = [...files].filter(
    ([file, text]) => file.endsWith('.c') && text.includes('defined') && text.includes('MAYEXEC_DENY_STDIN'),
  );
  const [[helper] = [], ...others] = found;
  if (helper === undefined || others.length > 0)
    throw new Error(`${found.length} files of the series know the macros, not 1`);
  return helper;
}

/** A line for each scenario, with what refuses it. */
function linesOf(refusedBy: ReadonlyMap<string, ReadonlySet<string>>): Map<string, string> {
  return new Map(
    [...refusedBy].map(([id, by]) => [
      id,
      `| ${[id, ...PARTS.map(({ macro }) => (by.has(macro) ? '**no**' : 'yes'))].join(' | ')} |`,
    ]),
  );
}

/** A page that has a place for the table of a target: one that it lacks is put where its name belongs. */
function withPlace(page: string, { name, title = name }: Pick<Target, 'name' | 'title'>): string {
  const place = `## ${title}\n\n<!-- ${name} -->\n<!-- end ${name} -->\n`;
  if (page.includes(`<!-- ${name} -->\n`)) return page;
  const next = [...page.matchAll(/^## .*\n\n<!-- (\w+) -->$/gm)].find(([, other = '']) => other > name);
  return next === undefined
    ? `${page}\n${place}`
    : `${page.slice(0, next.index)}${place}\n${page.slice(next.index)}`;
}

/**
 * Whether the page says otherwise of a scenario of a target, or nothing; with UPDATE=1 it gets what was seen. The page
 * keeps the lines of scenarios that only other releases have.
 */
function pageIsStale(target: Pick<Target, 'name' | 'title'>, lines: ReadonlyMap<string, string>): boolean {
  const page = withPlace(readFileSync(PAGE, 'utf8'), target);
  const [begin, end] = [`<!-- ${target.name} -->\n`, `<!-- end ${target.name} -->\n`];
  const [from, to] = [page.indexOf(begin) + begin.length, page.indexOf(end)];
  if (from < begin.length || to < from) throw new Error(`docs/choices.md has no end for ${target.name}`);
  const written = new Map(
    page
      .slice(from, to)
      .split('\n')
      .flatMap((line) => {
        const id = /^\| ([a-z0-9-]+) \| (?:yes|\*\*no)/.exec(line)?.[1];
        return id === undefined ? [] : [[id, line] as const];
      }),
  );
  const rows = [...new Map([...written, ...lines])]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row);
  const names = PARTS.map(({ macro }) => `\`${macro}\``);
  const table = [
    '',
    `| scenario | ${names.join(' | ')} |`,
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    '',
  ].join('\n');
  const made = `${page.slice(0, from)}${table}${page.slice(to)}`;
  if (process.env['UPDATE'] === '1') writeFileSync(PAGE, made);
  return process.env['UPDATE'] !== '1' && made !== page;
}
