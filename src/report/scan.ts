import type { Ledger, LedgerSite } from '../classify/ledger.ts';
import { columns } from './terminal.ts';

/**
 * What a scan found, for a person: the census, every site that is not exempt, and the exempt ones by rule.
 *
 * @param all lists the exempt sites too
 */
export function scanText(ledger: Ledger, all: boolean): string {
  const { census, sites } = ledger;
  const others = Object.entries(census.other).map(([kind, count]) => `${count} ${kind}`);
  const left = census.notShipped.map(
    ({ why, files }) => `  ${files} file${files === 1 ? '' : 's'}: ${why}\n`,
  );
  const by = (verdict: LedgerSite['verdict']): readonly LedgerSite[] =>
    sites.filter((one) => one.verdict === verdict);
  const exempt = by('exempt');
  const rules = [...new Set(exempt.map((one) => one.rule))];
  return [
    `${ledger.target} ${ledger.release}: ${census.hits} hits in ${census.files} files, all accounted for: ${census.sites} sites, ${others.join(', ')}\n`,
    left.length > 0 ? `not scanned, since it is not installed:\n${left.join('')}` : '',
    section('undecided: no rule decides them', by('unreviewed')),
    section('marked: opened as code', by('mark')),
    section('policy: the builder decides', by('policy')),
    `exempt: ${exempt.length} sites by ${rules.length} rules\n`,
    all
      ? list(exempt)
      : columns(
          rules.map((rule) => {
            const mine = exempt.filter((one) => one.rule === rule);
            return [`  ${rule ?? ''}`, String(mine.length), mine[0]?.why ?? ''];
          }),
        ),
  ].join('');
}

function section(title: string, sites: readonly LedgerSite[]): string {
  return sites.length === 0 ? '' : `${title}: ${sites.length}\n${list(sites)}`;
}

function list(sites: readonly LedgerSite[]): string {
  return columns(
    sites.map((one) => [
      `  ${one.file}:${one.line}`,
      one.function,
      one.text,
      one.verdict === 'policy' ? `${one.rule ?? ''} (${one.default ?? ''})` : (one.rule ?? ''),
    ]),
  );
}
