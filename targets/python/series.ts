import type { Release } from '../../src/target/contract.js';

/** The series of a release: 3.13 of 3.13.5. */
export function series({ version }: Release): string {
  return version.replace(/\.\d+$/, '');
}

/** Releases of these series. */
const of =
  (...names: readonly string[]) =>
  (release: Release): boolean =>
    names.includes(series(release));

/** Names of files are wide characters in 3.9's start-up, and objects after it. */
export const only39 = of('3.9');

/** The debugger opens its script plainly in 3.11 alone. */
export const only311 = of('3.11');

/** Globals of 3.13 are listed elsewhere than those of 3.11. */
export const only313 = of('3.13');

/** Names of files are objects. */
export const since311 = of('3.11', '3.13');

/** These have imp, distutils, and programs that open a script plainly. */
export const until311 = of('3.9', '3.11');
