import type { Lock, LockedRule } from '../target/lock.ts';
import type { Site } from '../target/contract.ts';

/** A site of a known release that is like one of a tree. */
export interface Near {
  readonly release: string;
  readonly id: string;
  readonly rule: Omit<LockedRule, 'sites'>;
}

/**
 * The site of the known releases that is most like one: the same call in the same function, another call there, the
 * same call in the same file, the same text anywhere.
 *
 * @param locks the nearest release first
 */
export function nearestOf(site: Site, locks: readonly Lock[]): Near | undefined {
  const [file, owner, callee, text] = [site.file, site.owner.name, site.callee, site.text];
  const stems = [[file, owner, callee], [file, owner], [file]].map((parts) => `${parts.join('#')}#`);
  const likenesses = [
    ...stems.slice(0, 2).map((stem) => (id: string) => id.startsWith(stem)),
    (id: string) => id.startsWith(stems[2] ?? '') && id.includes(`#${callee}#`),
    (id: string) => id.includes(`#${callee}#${text}#`),
  ];
  for (const like of likenesses) {
    for (const lock of locks) {
      for (const rule of lock.rules) {
        const found = rule.sites.find(({ id }) => like(id));
        if (found) return { release: lock.release, id: found.id, rule };
      }
    }
  }
  return undefined;
}
