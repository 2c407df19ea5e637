/** Something of a version, as a release is. */
interface Versioned {
  readonly version: string;
}

/** The releases on both sides of a version. */
export interface Neighbours<R> {
  /** The newest of the older ones. */
  readonly older?: R;
  /** The oldest of the newer ones. */
  readonly newer?: R;
}

/**
 * Which of two versions is the newer one: their numbers are compared one after the other, as numbers, and a number that
 * is not there is 0. What stands behind the numbers, `rc1` of `3.14.0rc1`, makes a version older than the one without.
 *
 * @returns less than 0 where `a` is the older one, 0 where they are of one age
 */
export function compareVersions(a: string, b: string): number {
  const [one, other] = [partsOf(a), partsOf(b)];
  const length = Math.max(one.numbers.length, other.numbers.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (one.numbers[index] ?? 0) - (other.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  if (one.rest === '' || other.rest === '') return other.rest.length - one.rest.length;
  return one.rest.localeCompare(other.rest, 'en', { numeric: true });
}

function partsOf(version: string): { readonly numbers: readonly number[]; readonly rest: string } {
  const numbers = /^\d+(?:\.\d+)*/.exec(version)?.[0] ?? '';
  return { numbers: numbers.split('.').map(Number), rest: version.slice(numbers.length) };
}

/** The first two numbers of a version, by which series of releases are called: 3.13 of 3.13.5. */
export function seriesOf(version: string): string {
  return /^\d+\.\d+/.exec(version)?.[0] ?? version;
}

/** The nearest releases on both sides of a version; a release of that version itself is neither. */
export function neighbours<R extends Versioned>(releases: readonly R[], version: string): Neighbours<R> {
  const sorted = [...releases].sort((a, b) => compareVersions(a.version, b.version));
  const older = sorted.findLast((one) => compareVersions(one.version, version) < 0);
  const newer = sorted.find((one) => compareVersions(one.version, version) > 0);
  return { ...(older && { older }), ...(newer && { newer }) };
}

/** The release that a version is the nearest to: itself, else the next older one, else the next newer one. */
export function nearest<R extends Versioned>(releases: readonly R[], version: string): R | undefined {
  const { older, newer } = neighbours(releases, version);
  return releases.find((one) => compareVersions(one.version, version) === 0) ?? older ?? newer;
}
