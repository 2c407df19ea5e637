import { lockOfBase, scan } from '../src/scan.ts';
import type { Subject } from '../src/scan.ts';
import type { Lock } from '../src/target/lock.ts';
import type { Target } from '../src/target/contract.ts';

/** The lock of a tree without patches, as `mayexec lock` prints it. */
export async function lockOfTree(subject: Subject): Promise<Lock> {
  const { ends, decisions } = await scan(subject);
  return lockOfBase({ ...subject, tree: ends.tree, decisions });
}

/** The target of a tree with a lock of this tree, and no other: all that it is held against is itself. */
export async function locked(subject: Subject): Promise<Target> {
  const lock = await lockOfTree(subject);
  const locks = {
    releases: [lock.release],
    of: (version: string) => (version === lock.release ? [lock] : []),
  };
  return { ...subject.target, locks };
}
