import type { Discovery, FoundWrapper } from '../discover/discover.ts';
import type { FoundSite } from '../discover/judge.ts';
import { visible } from '../target/visible.ts';
import { columns } from './terminal.ts';

/** How long a call is shown, and why it has its place. */
const TEXT = 60;
const WHY = 110;

/**
 * What was found in a tree, for a person: the sites that may open code, best first, wrappers that code and data go through,
 * and what cannot be seen.
 *
 * @param all lists every site and every wrapper
 */
export function discoveryText(found: Discovery, all: boolean): string {
  const { ranked, wrappers, apart, unseen, files } = found;
  const tenth = Math.ceil(ranked.length / 10);
  const likely = ranked.filter((one) => one.verdict !== 'exempt').length;
  const shown = all ? ranked : ranked.slice(0, Math.max(tenth, likely));
  const others = Object.entries(apart).map(([what, count]) => `${count} that open ${what}`);
  const mixed = wrappers.filter((one) => one.mixed);
  const list = all ? wrappers : mixed;
  return [
    `${ranked.length} calls that open files in ${files} files of C; not judged: ${others.join(', ')} (functions)\n`,
    `the most likely to open code first${all ? '' : `, ${shown.length} of them (--all lists all)`}:\n`,
    columns(shown.map(siteCells)),
    ranked.length > shown.length ? `  and ${ranked.length - shown.length} more, exempt\n` : '',
    `${wrappers.length} functions and macros that open what they are given; code and data go through ${mixed.length} of them:\n`,
    columns(list.map(wrapperCells)),
    mixed.length > 0 ? '  open code by a separate function\n' : '',
    'not seen:\n',
    ...unseen.map((one) => visible(`  ${one}`) + '\n'),
  ].join('');
}

function siteCells(site: FoundSite): readonly string[] {
  const { file, line, verdict, role, text, why, chain } = site;
  const way =
    chain.length > 1
      ? `; ${chain.map((step) => `${step.name} (${step.file}:${step.line})`).join(' > ')}`
      : '';
  return [`  ${verdict}`, role, `${file}:${line}`, site.function, cut(text, TEXT), cut(why, WHY) + way];
}

function wrapperCells({ file, line, name, callers }: FoundWrapper): readonly string[] {
  const { mark, policy, exempt } = callers;
  return [`  ${name}`, `${file}:${line}`, `${mark + policy} calls may open code, ${exempt} not`];
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 3)}...`;
}
