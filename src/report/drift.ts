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
 * @param all lists what is the same to the line too
 */
export function driftText(drift: readonly Drift[], from: string, to: string, all: boolean): string {
  const kinds = Object.keys(TITLES) as Drift['kind'][];
  const count = (kind: Drift['kind']): number => drift.filter((one) => one.kind === kind).length;
  const head = `${from} to ${to}: ${kinds.map((kind) => `${count(kind)} ${kind}`).join(', ')}\n`;
  const sections = kinds.map((kind) => {
    const mine = drift.filter((one) => one.kind === kind);
    if (mine.length === 0 || (kind === 'same' && !all)) return '';
    return `\n${TITLES[kind]}: ${mine.length}\n${mine.map(entry).join('')}`;
  });
  return head + sections.join('');
}

function entry({ kind, before, after }: Drift): string {
  if ((kind === 'moved' || kind === 'same') && before !== undefined && after !== undefined) {
    const places = both(place(before), place(after));
    return `  ${places}: ${both(before.function, after.function)}: ${after.text}  ${decided(after)}\n`;
  }
  const minus = before === undefined ? '' : `  - ${line(before)}\n`;
  const plus = after === undefined ? '' : `  + ${line(after)}\n`;
  return minus + plus;
}

function line(site: LedgerSite): string {
  return `${place(site)}: ${site.function}: ${site.text}  ${decided(site)}`;
}

function decided(site: LedgerSite): string {
  const verdict = site.default === undefined ? site.verdict : `${site.verdict} (${site.default})`;
  return `[${verdict}, ${site.rule ?? 'no rule decides it'}]`;
}

function place(site: LedgerSite): string {
  return `${site.file}:${site.line}`;
}

function both(before: string, after: string): string {
  return before === after ? after : `${before} -> ${after}`;
}
