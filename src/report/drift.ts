import type { Drift } from '../classify/drift.ts';
import type { LedgerSite } from '../classify/ledger.ts';
import { reviewText } from './review.ts';
import type { Shown } from './review.ts';

const TITLES: Readonly<Record<Drift['kind'], string>> = {
  new: 'new',
  changed: 'changed: the call or its verdict',
  gone: 'gone',
  moved: 'moved: the same call elsewhere',
  same: 'unchanged, even the line',
};

/** What is told of two trees. */
export interface Told {
  /** What the older tree is called, and the newer one. */
  readonly from: string;
  readonly to: string;
  readonly drift: readonly Drift[];
  /** What the newer tree wants of a person, held against the older one; worst first. */
  readonly shown: readonly Shown[];
  /** Edits that do not find their text in the newer tree. */
  readonly anchors: readonly string[];
  readonly verdict: string;
}

/**
 * A drift for a person: the verdict, what needs a look with the code around it, then what became of each open.
 *
 * @param all lists what is the same to the line too
 */
export function driftText({ from, to, drift, shown, anchors, verdict }: Told, all: boolean): string {
  const kinds = Object.keys(TITLES) as Drift['kind'][];
  const count = (kind: Drift['kind']): number => drift.filter((one) => one.kind === kind).length;
  const head = `${from} to ${to}: ${kinds.map((kind) => `${count(kind)} ${kind}`).join(', ')}\n${verdict}\n`;
  const sections = kinds.map((kind) => {
    const mine = drift.filter((one) => one.kind === kind);
    if (mine.length === 0 || (kind === 'same' && !all)) return '';
    return `\n${TITLES[kind]}: ${mine.length}\n${mine.map(entry).join('')}`;
  });
  const failing =
    anchors.length === 0 ? '' : `\nedits: ${anchors.length}\n${anchors.map((one) => `  ${one}\n`).join('')}`;
  const findings = shown.length === 0 ? '' : `\n${reviewText(shown)}`;
  return head + findings + failing + sections.join('');
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
