/** How a lock says which shape it has. */
export const LOCK_SCHEMA = 'mayexec-lock/1';

/** A site as a lock has it. */
export interface LockedSite {
  /** The id of the site, as the ledger has it. */
  readonly id: string;
  /** What the text of its owner hashes to: see body.ts. */
  readonly body: string;
}

/** What a rule decides in a release; its fields are those of the rule. */
export interface LockedRule {
  readonly id: string;
  readonly verdict: 'mark' | 'exempt' | 'policy';
  readonly default?: 'mark' | 'exempt';
  readonly through?: string;
  readonly roles: readonly string[];
  readonly why: string;
  /** Sorted by id, by byte value. */
  readonly sites: readonly LockedSite[];
}

/**
 * The verdict of every site of a release: the committed form of its ledger. An overlay is the same for the sites that a
 * distribution's changes add to the release, or whose functions they change.
 */
export interface Lock {
  readonly target: string;
  readonly release: string;
  /** The name of an overlay. */
  readonly overlay?: string;
  /** The patches of the whole series, in order; none in an overlay. */
  readonly patches: readonly string[];
  /** Those that the tree has, sorted by byte value; none in an overlay. */
  readonly capabilities: readonly string[];
  readonly rules: readonly LockedRule[];
}

/** The locks of a target. */
export interface Locks {
  /** The releases that have one, in no order. */
  readonly releases: readonly string[];
  /** The lock of a release, and its overlays behind it; empty where it has none. */
  readonly of: (release: string) => readonly Lock[];
}

/** A target's locks, where it has none. */
export const NO_LOCKS: Locks = { releases: [], of: () => [] };
