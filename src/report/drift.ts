import type { Drift } from '../classify/drift.js';
import type { LedgerSite } from '../classify/ledger.js';

const TITLES: Readonly<Record<Drift['kind'], string>> = {
  new: 'new: look at each before trusting its rule',
  changed: 'changed: the call or what is decided about it',
  gone: 'gone',
  moved: 'moved: the same call elsewhere',
  same: 'the same, line and all',
};

/**
 * A drift for a person: what needs a look first, then what merely moved.
 *
 * @param from what the older tree is called
 * @param to what the newer one is called
 */
export function driftText(drift: readonly Drift[], from: string, to: string): string {
  const kinds = Object.keys(TITLES) as Drift['kind'][];
  const count = (kind: Drift['kind']): number => drift.filter((one) => one.kind === kind).length;
  const head = `${from} to ${to}: ${kinds.map((kind) => `${count(kind)} ${kind}`).join(', ')}\n`;
  const sections = kinds.map((kind) => {
    const mine = drift.filter((one) => one.kind === kind);
    // What is the same to the line needs no list.
    if (mine.length === 0 || kind === 'same') return '';
    return `\n${TITLES[kind]}: ${mine.length}\n${mine.map(entry).join('')}`;
  });
  return head + sections.join('');
}

function entry({ kind, before, after }: Drift): string {
  if (kind === 'moved')
    return `  ${place(before)} -> ${place(after)}: ${after?.function ?? ''}: ${after?.text ?? ''}\n`;
  const minus = before === undefined ? '' : `  - ${line(before)}\n`;
  const plus = after === undefined ? '' : `  + ${line(after)}\n`;
  return minus + plus;
}

function line(site: LedgerSite): string {
  const verdict = site.default === undefined ? site.verdict : `${site.verdict} (${site.default})`;
  return `${place(site)}: ${site.function}: ${site.text}  [${verdict}, ${site.rule ?? 'no rule decides it'}]`;
}

function place(site: LedgerSite | undefined): string {
  return site === undefined ? '' : `${site.file}:${site.line}`;
}
