import type { Release, Rule } from './contract.js';

/** How many sites a count means for a release. */
export function numberOf(count: Rule['sites'], release: Release): number {
  return typeof count === 'number' ? count : count(release);
}
