import { WAYS } from '../../src/target/catalogue.ts';
import type { Answer, Way, Ways } from '../../src/target/catalogue.ts';
import type { Scenario } from '../../src/target/scenario.ts';

/** What is asked of a target for the page. */
export interface Answering {
  readonly name: string;
  readonly ways: Ways;
  readonly scenarios: readonly Scenario[];
}

const KINDS = {
  file: 'files that are opened as code',
  entry: 'code that comes from no file',
  kept: 'what works as before',
} as const;

const IDS = Object.keys(WAYS) as readonly Way[];

/** The page that tells which ways in each target shows, and what each lacks: docs/ways.md. */
export function waysPage(targets: readonly Answering[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  const kinds = Object.entries(KINDS).map(([kind, title]) => {
    const rows = IDS.filter((way) => WAYS[way].kind === kind).map((way) =>
      row([`\`${way}\``, WAYS[way].what, ...targets.map((one) => cellOf(one, one.ways[way]))]),
    );
    return `${row([`**${title}**`, '', ...targets.map(() => '')])}${rows.join('')}`;
  });
  const heads = ['way', 'what it is', ...targets.map(({ name }) => name)];
  const table = `${row(heads)}|${heads.map(() => '---|').join('')}\n${kinds.join('')}`;
  return `${HEAD}\n${table}\n${targets.map(partOf).join('\n')}`;
}

const HEAD = `# Ways in

Made from the catalogue in \`src/target/catalogue.ts\`, the targets' \`ways.ts\` and their scenarios;
\`UPDATE=1 npx vitest run test/targets/ways.test.ts\` rewrites it.

A scenario is a test of one way in, which \`mayexec prove\` runs. A number is the number of scenarios that show a way. *open*
counts those whose code nothing refuses yet; **none**: no scenario; *lacks*: the scenarios do not show all of it; -: does
not apply. Below the table are the names of the scenarios and the reasons, and in parentheses the entries of the ledger (code
that comes from no file, see \`mayexec scan NAME@VERSION --json\`) that belong to the way.
`;

function cellOf({ scenarios }: Answering, answer: Answer): string {
  if ('not' in answer) return '-';
  if ('open' in answer) return '**none**';
  const open = answer.shown.filter((id) => reasonOf(scenarios, id) !== undefined).length;
  const lacks = answer.lacks === undefined ? '' : ', *lacks*';
  return `${answer.shown.length}${open === 0 ? '' : `, ${open} *open*`}${lacks}`;
}

/** Why nothing refuses the code of a scenario yet; undefined if something does. */
function reasonOf(scenarios: readonly Scenario[], id: string): string | undefined {
  return scenarios.find((one) => one.id === id)?.open;
}

/** What a target says of each way, in words. */
function partOf({ name, ways, scenarios }: Answering): string {
  const told = IDS.map((way) => {
    const answer = ways[way];
    if ('not' in answer) return `- \`${way}\` does not apply: ${answer.not}`;
    const entries = (answer.entries ?? []).map((id) => `\`${id}\``);
    const of = entries.length === 0 ? '' : ` (${entries.join(', ')})`;
    if ('open' in answer) return `- \`${way}\`${of}: **none**: ${answer.open}`;
    const shown = answer.shown
      .map((id) => (reasonOf(scenarios, id) === undefined ? id : `*${id}*`))
      .join(', ');
    const open = [...new Set(answer.shown.flatMap((id) => reasonOf(scenarios, id) ?? []))];
    const why = open.map((reason) => `; *open*: ${reason}`).join('');
    return `- \`${way}\`${of}: ${shown}${why}${answer.lacks === undefined ? '' : `; *lacks*: ${answer.lacks}`}`;
  });
  return `## ${name}\n\n${told.join('\n')}\n`;
}
