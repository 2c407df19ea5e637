import { textOf } from './tracked.ts';

/** A word of the project, and the declaration whose comment says what it means. */
export interface Word {
  readonly word: string;
  readonly file: string;
  /** A type, or a field of one: `Rule.verdict`. */
  readonly declared: string;
}

const contract = 'src/target/contract.ts';

/** The words of the glossary in CONTRIBUTING.md, in the order in which a site meets them. */
export const WORDS: readonly Word[] = [
  { word: 'target', file: contract, declared: 'Target' },
  { word: 'release', file: contract, declared: 'Release' },
  { word: 'tree', file: contract, declared: 'Tree' },
  { word: 'opener', file: contract, declared: 'Opener' },
  { word: 'hit', file: 'src/languages/hits.ts', declared: 'Hit' },
  { word: 'census', file: 'src/sites/sites.ts', declared: 'Census' },
  { word: 'site', file: contract, declared: 'Site' },
  { word: 'wrapper', file: contract, declared: 'Wrapper' },
  { word: 'rule', file: contract, declared: 'Rule' },
  { word: 'verdict', file: contract, declared: 'Rule.verdict' },
  { word: 'role', file: contract, declared: 'Role' },
  { word: 'answer', file: contract, declared: 'Answer' },
  { word: 'ledger', file: 'src/classify/ledger.ts', declared: 'Ledger' },
  { word: 'lock', file: 'src/target/lock.ts', declared: 'Lock' },
  { word: 'finding', file: 'src/review/finding.ts', declared: 'Finding' },
  { word: 'capability', file: contract, declared: 'Capability' },
  { word: 'edit', file: contract, declared: 'Edit' },
  { word: 'patch', file: contract, declared: 'Patch' },
  { word: 'series', file: 'src/series/series.ts', declared: 'Series' },
  { word: 'entry', file: contract, declared: 'Entry' },
  { word: 'question', file: contract, declared: 'Question' },
  { word: 'scenario', file: 'src/target/scenario.ts', declared: 'Scenario' },
  { word: 'placement', file: 'src/target/scenario.ts', declared: 'Placement' },
  { word: 'bed', file: 'src/prove/bed.ts', declared: 'Bed' },
  { word: 'policy', file: 'src/prove/bed.ts', declared: 'Policy' },
  { word: 'mutant', file: 'src/prove/mutate.ts', declared: 'Mutant' },
];

/**
 * The comment in front of a declaration, in one line.
 *
 * @throws Error where there is none, or more than one
 */
export function commentOf(text: string, declared: string): string {
  const [type = '', field] = declared.split('.');
  const whole = commented(text, new RegExp(`^export (?:interface|type) ${type}\\b`, 'm'), declared);
  if (field === undefined) return whole.comment;
  const body = text.slice(whole.end).split(/^\}/m)[0] ?? '';
  return commented(body, new RegExp(`^  readonly ${field}\\??:`, 'm'), declared).comment;
}

function commented(text: string, declaration: RegExp, name: string): { comment: string; end: number } {
  const found = [...text.matchAll(new RegExp(declaration, 'gm'))];
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${name} is declared ${found.length} times`);
  const [, comment] = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(text.slice(0, only.index)) ?? [];
  if (comment === undefined) throw new Error(`${name} has no comment`);
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\* ?/, '').trim());
  return {
    comment: lines
      .join(' ')
      .trim()
      .replaceAll(/\{@link [^}]*\}/g, ''),
    end: only.index,
  };
}

/** The table of the glossary. */
export function glossary(words: readonly Word[]): string {
  const rows = words.map(({ word, file, declared }) => {
    // Tracked files are read as latin1.
    const text = Buffer.from(textOf(file), 'latin1').toString();
    const meaning = commentOf(text, declared).replaceAll('|', '\\|');
    return `| ${word} | ${meaning} | \`${declared}\` in [${file}](${file}) |\n`;
  });
  return `| word | means | where |\n|---|---|---|\n${rows.join('')}`;
}
