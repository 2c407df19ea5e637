import type { Ledger, LedgerSite } from './ledger.ts';

/** What became of an open between two ledgers. */
export interface Drift {
  readonly kind: 'same' | 'moved' | 'changed' | 'new' | 'gone';
  readonly before: LedgerSite | undefined;
  readonly after: LedgerSite | undefined;
}

/**
 * Compares the opens of two trees.
 *
 * A site is the same when its id is (file, owner, callee, text and ordinal); moved when its line is another or
 * when it is in another file or function with the same text; changed when the call in the same function
 * has another text, or another rule decides it.
 *
 * @returns one entry a site, in the order of the newer ledger, what is gone last
 */
export function driftOf(before: Ledger, after: Ledger): readonly Drift[] {
  const left = new Set(before.sites);
  const pairs = new Map<LedgerSite, LedgerSite>();
  // From the closest likeness to the loosest, so that no loose match takes what a close one needs.
  const likenesses: ((site: LedgerSite) => string)[] = [
    (site) => site.id,
    (site) => [site.file, site.function, site.callee, opened(site.text), site.rule].join('#'),
    (site) => [site.file, site.function, site.callee, site.rule].join('#'),
    (site) => [site.file, site.callee, site.text, site.rule].join('#'),
    (site) => [site.callee, site.text, site.rule].join('#'),
    // Where a rule decides one of the two only.
    (site) => [site.file, site.function, site.callee, opened(site.text)].join('#'),
    (site) => [site.callee, site.text].join('#'),
  ];
  for (const likeness of likenesses) {
    const open = new Map<string, LedgerSite[]>();
    for (const site of left) open.set(likeness(site), [...(open.get(likeness(site)) ?? []), site]);
    for (const site of after.sites) {
      if (pairs.has(site)) continue;
      const match = open.get(likeness(site))?.shift();
      if (match === undefined) continue;
      pairs.set(site, match);
      left.delete(match);
    }
  }
  return [
    ...after.sites.map((site): Drift => {
      const match = pairs.get(site);
      return { kind: match === undefined ? 'new' : kindOf(match, site), before: match, after: site };
    }),
    ...[...left].map((site): Drift => ({ kind: 'gone', before: site, after: undefined })),
  ];
}

/** The call up to its first comma: mostly what is opened, which outlives the flags. */
function opened(text: string): string {
  return text.split(',', 1)[0] ?? '';
}

function kindOf(before: LedgerSite, after: LedgerSite): Drift['kind'] {
  const decided = (site: LedgerSite): string => [site.rule, site.verdict, site.default].join('#');
  if (before.text !== after.text || decided(before) !== decided(after)) return 'changed';
  return before.id === after.id && before.line === after.line ? 'same' : 'moved';
}
