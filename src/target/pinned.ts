import type { PinnedRelease } from './contract.ts';
import type { Locks } from './lock.ts';

/**
 * Releases with the capabilities that their locks say they have; none where one has no lock yet.
 *
 * @param releases as a target lists them
 */
export function withCapabilities(
  releases: readonly Omit<PinnedRelease, 'capabilities'>[],
  locks: Locks,
): readonly PinnedRelease[] {
  return releases.map((release) => ({
    ...release,
    // Asked for when a release is: a command is about one, and reading the locks of all takes a tenth of its time.
    get capabilities() {
      return locks.of(release.version)[0]?.capabilities ?? [];
    },
  }));
}
