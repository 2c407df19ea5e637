import type { Release, Rule, Site } from '../../../src/target/contract.js';
import { series } from '../series.js';

/** Files with the functions (`-`: outside of any) that a rule decides in them. */
export type Places = Readonly<Record<string, readonly string[]>>;

/** How many sites a rule decides, by series, or by version where releases of one series differ; none where it has none. */
export function counts(by: Readonly<Record<string, number>>): (release: Release) => number {
  return (release) => by[release.version] ?? by[series(release)] ?? 0;
}

/** Whether a site stands in one of the functions named. */
export function within(places: Places): (site: Site) => boolean {
  return (site) => places[site.file]?.includes(site.owner.name) ?? false;
}

/** A rule for whatever the functions named open. */
export function at(places: Places, rule: Omit<Rule, 'when'>): Rule {
  return { ...rule, when: within(places) };
}
