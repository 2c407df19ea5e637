import type { Release } from '../../src/target/contract.js';

/** The series of a release: 3.13 of 3.13.5. */
export function series({ version }: Release): string {
  return version.replace(/\.\d+$/, '');
}
