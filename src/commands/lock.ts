import { assertCarried, findingsOf, lockOfBase, scan } from '../scan.ts';
import { lockText } from '../lock/write-lock.ts';
import type { Lock } from '../target/lock.ts';
import { asInTree, subjectOf } from './subject.ts';
import type { SourceOptions } from './subject.ts';

/**
 * `mayexec lock`: prints the lock of a tree, to be committed as targets/NAME/locks/VERSION.lock; with a name, the overlay
 * of what a distribution's tree has beside the lock of its release.
 */
export async function lockCommand(
  argument: string,
  options: SourceOptions & { readonly overlay?: string | undefined },
): Promise<void> {
  const { overlay } = options;
  const subject = await subjectOf(argument, options);
  const base = await assertCarried(
    await scan(overlay === undefined ? { ...subject, release: asInTree(subject) } : subject),
  );
  const lock = lockOfBase(base);
  if (overlay === undefined) {
    process.stdout.write(lockText(lock));
    return;
  }
  const other = new Set(findingsOf(base).flatMap(({ site }) => (site === undefined ? [] : [site.id])));
  const rules = lock.rules.map((rule) => ({ ...rule, sites: rule.sites.filter(({ id }) => other.has(id)) }));
  const layer: Lock = { ...lock, overlay, patches: [], capabilities: [], rules };
  process.stdout.write(lockText(layer));
}
