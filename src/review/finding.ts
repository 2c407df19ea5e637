import type { Rule, Site } from '../target/contract.ts';

/** What is seen where a tree is held against the locks of releases that are known. */
export type Kind =
  | 'lost-mark'
  | 'emptied'
  | 'vanished-patch'
  | 'undecided'
  | 'new-mark'
  | 'new-policy'
  | 'other-verdict'
  | 'new-broad'
  | 'new-exempt'
  | 'changed-body'
  | 'unbundled';

/** Something in a tree that no known release confirms. */
export interface Finding {
  readonly kind: Kind;
  /**
   * `stop`: no review can let it pass, but for a lost mark whose replacement is named. `review`: a person decides.
   * `note`: said, and no more.
   */
  readonly level: 'stop' | 'review' | 'note';
  /** The id of the site, the rule or the patch that it is about. */
  readonly about: string;
  readonly site?: Site;
  readonly rule?: Rule;
  /** What the body of the site's owner hashes to. */
  readonly body?: string;
  /** One sentence for a person. */
  readonly says: string;
}

/** Worst first: the order in which findings are shown. */
export const KINDS: readonly Kind[] = [
  'vanished-patch',
  'emptied',
  'lost-mark',
  'undecided',
  'new-mark',
  'new-policy',
  'other-verdict',
  'new-broad',
  'new-exempt',
  'changed-body',
  'unbundled',
];
