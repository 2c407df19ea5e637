import type { Rule, Site } from '../../../src/target/contract.js';

/** Files with the functions (`-`: outside of any) that a rule decides in them. */
export type Places = Readonly<Record<string, readonly string[]>>;

/** Whether a site stands in one of the functions named. */
export function within(places: Places): (site: Site) => boolean {
  return (site) => places[site.file]?.includes(site.owner.name) ?? false;
}

/** A rule for whatever the functions named open. */
export function at(places: Places, rule: Omit<Rule, 'when'>): Rule {
  return { ...rule, when: within(places) };
}
