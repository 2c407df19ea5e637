/**
 * The order of two versions: number by number, a missing one being 0.
 *
 * @returns below 0 where `a` is older, above 0 where it is newer
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbersOf(version: string): readonly number[] {
  return version.split('.').map((part) => Number.parseInt(part, 10) || 0);
}

/**
 * The releases nearest to a version: the newest that is older than it, and the oldest that is newer.
 *
 * @param releases in any order; one of the version itself is neither
 */
export function neighbours<T extends { readonly version: string }>(
  releases: readonly T[],
  version: string,
): { readonly older?: T; readonly newer?: T } {
  const sorted = [...releases].sort((a, b) => compareVersions(a.version, b.version));
  const older = sorted.findLast((one) => compareVersions(one.version, version) < 0);
  const newer = sorted.find((one) => compareVersions(one.version, version) > 0);
  return { ...(older && { older }), ...(newer && { newer }) };
}
