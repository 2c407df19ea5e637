import type { LedgerSite } from '../classify/ledger.ts';
import { visible } from '../target/visible.ts';

/** All that is known of a site, for a person. */
export function whyText(site: LedgerSite): string {
  const rows: [string, string][] = [
    ['verdict', site.verdict + (site.default === undefined ? '' : ` (default: ${site.default})`)],
    ['rule', site.rule ?? 'no rule decides it'],
    ['roles', site.roles.join(', ')],
    ['why', site.why],
    ['state', site.state],
    ['patch', site.patch ?? ''],
    ['compiled if', site.guards.join(' and ')],
  ];
  const shown = rows
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `  ${name.padEnd(12)} ${value}\n`);
  const head = `${site.file}:${site.line}:${site.column}: in ${site.function}: ${site.text}`;
  return `${visible(head)}\n${shown.join('')}`;
}
