import { isFor } from '../target/capabilities.ts';
import type { Entry, Language, Release, Role, Site, Target } from '../target/contract.ts';
import type { Decision } from './classify.ts';

/** How a ledger says which shape it has. */
export const LEDGER_SCHEMA = 'mayexec-ledger/1';

/** What the census counted; the part of it that a ledger needs. */
export interface Counts {
  readonly files: number;
  readonly parsed: number;
  readonly hits: number;
  readonly other: Readonly<Record<string, number>>;
  readonly notShipped: readonly { readonly why: string; readonly files: readonly string[] }[];
  readonly unread: readonly { readonly file: string; readonly why: string }[];
  /** Languages of which the sites were told without a parser. */
  readonly unparsed: ReadonlySet<Language>;
}

/** A site as the ledger has it. `line` and `column` are 1-based, in bytes, of the callee's name. */
export interface LedgerSite {
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly function: string;
  readonly callee: string;
  readonly text: string;
  readonly guards: readonly string[];
  readonly roles: readonly Role[];
  readonly state: Site['state'];
  /** False where the text around the site told what it is, in a language without a grammar. */
  readonly parsed?: false;
  readonly verdict: 'mark' | 'exempt' | 'policy' | 'unreviewed';
  readonly default?: 'mark' | 'exempt';
  readonly rule: string | null;
  readonly why: string;
  /** The patch that rewrites the site; its file name in a series. */
  readonly patch?: string;
}

/** The ledger: every open of a release, with what is decided about it and why. */
export interface Ledger {
  readonly schema: typeof LEDGER_SCHEMA;
  readonly target: string;
  readonly release: string;
  readonly census: {
    readonly files: number;
    readonly parsed: number;
    readonly hits: number;
    readonly sites: number;
    readonly other: Readonly<Record<string, number>>;
    readonly notShipped: readonly { readonly why: string; readonly files: number }[];
    /** What may be source and was not read; left out where there is none, as in a tree that was unpacked. */
    readonly unread?: readonly { readonly file: string; readonly why: string }[];
  };
  readonly sites: readonly LedgerSite[];
  readonly entries: readonly Entry[];
}

/**
 * Makes the ledger.
 *
 * @param patchNames file names of the series by patch id
 */
export function ledgerOf(
  counts: Counts,
  decisions: readonly Decision[],
  target: Target,
  release: Release,
  patchNames: ReadonlyMap<string, string>,
): Ledger {
  const isUnparsed = (file: string): boolean => {
    const language = target.language(file);
    return language !== undefined && counts.unparsed.has(language);
  };
  const rewrites = new Map<string, string>();
  for (const edit of target.edits) {
    if ('rule' in edit && isFor(edit, release)) rewrites.set(edit.rule, edit.patch);
  }
  return {
    schema: LEDGER_SCHEMA,
    target: target.name,
    release: release.version,
    census: {
      files: counts.files,
      parsed: counts.parsed,
      hits: counts.hits,
      sites: decisions.length,
      other: counts.other,
      notShipped: counts.notShipped.map(({ why, files }) => ({ why, files: files.length })),
      ...(counts.unread.length > 0 && { unread: counts.unread.map(({ file, why }) => ({ file, why })) }),
    },
    sites: decisions.map(({ site, rule }) => {
      const patch = rule && (rule.through ?? rewrites.get(rule.id));
      return {
        id: site.id,
        file: site.file,
        line: site.line,
        column: site.column,
        function: site.owner.name,
        callee: site.callee,
        text: site.text,
        guards: site.guards,
        roles: rule?.roles ?? [],
        state: site.state,
        ...(isUnparsed(site.file) && { parsed: false as const }),
        verdict: rule?.verdict ?? 'unreviewed',
        ...(rule?.default !== undefined && { default: rule.default }),
        rule: rule?.id ?? null,
        why: rule?.why ?? '',
        ...(patch !== undefined && { patch: patchNames.get(patch) ?? patch }),
      };
    }),
    entries: target.entries.map(({ patch, ...entry }) => {
      const name = patch === undefined ? undefined : (patchNames.get(patch) ?? patch);
      return { ...entry, ...(name !== undefined && { patch: name }) };
    }),
  };
}
