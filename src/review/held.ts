import type { Lock } from '../target/lock.ts';
import type { Finding } from './finding.ts';
import type { Reviewed } from './review-file.ts';

/** What a tree was held against, and what was seen. */
export interface Held {
  /** Whether its own release has a lock. */
  readonly locked: boolean;
  /** The releases whose locks it was held against. */
  readonly against: readonly string[];
  /** The distributions whose changes are known of these. */
  readonly overlays: readonly string[];
  /** What passes, and is said. */
  readonly notes: readonly Finding[];
  /** What a person decided. */
  readonly words: readonly Reviewed[];
}

/** What a tree of a version was held against. */
export function heldBy(
  version: string,
  locks: readonly Lock[],
  findings: readonly Finding[],
  words: readonly Reviewed[],
): Held {
  const against = [...new Set(locks.map(({ release }) => release))];
  return {
    locked: against.includes(version),
    against,
    overlays: [...new Set(locks.flatMap(({ overlay }) => overlay ?? []))],
    notes: findings.filter(({ level }) => level === 'note'),
    words,
  };
}

/** A sentence about what a tree was held against; a release beyond all that are known is held on one side alone. */
export function toldHeld({ locked, against, overlays }: Held): string {
  if (against.length === 0) return 'compared with nothing: no release is known';
  const also = overlays.length === 0 ? '' : `, with the changes of ${overlays.join(', ')}`;
  const open = locked || against.length > 1 ? '' : ' only: no release on its other side is known';
  return `compared with ${against.join(' and ')}${also}${open}`;
}
