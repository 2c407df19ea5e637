import type { Conditions, Place, Rule, Site } from '../target/contract.ts';
import { globbed } from '../target/glob.ts';
import { matcher } from '../target/pattern.ts';

type Test = (site: Site) => boolean;

/** A rule, ready to be asked. */
interface Asked {
  readonly rule: Rule;
  readonly places: readonly { readonly file: (name: string) => boolean; readonly holds: Test }[];
}

/** The rules of a target, ready to be asked about sites. */
export interface Matcher {
  /** All rules that match a site, in the order in which they are written. */
  readonly matching: (site: Site) => readonly Rule[];
}

/**
 * Prepares rules: each place becomes a test, and the rules that can match in a file are found once a file.
 *
 * @param rules as a target has them
 */
export function matcherOf(rules: readonly Rule[]): Matcher {
  const asked = rules.map((rule): Asked => ({ rule, places: rule.places.flatMap(placesOf) }));
  const byFile = new Map<string, readonly { readonly rule: Rule; readonly tests: readonly Test[] }[]>();
  const inFile = (file: string): readonly { readonly rule: Rule; readonly tests: readonly Test[] }[] => {
    const known = byFile.get(file);
    if (known) return known;
    const found = asked.flatMap(({ rule, places }) => {
      const tests = places.flatMap((place) => (place.file(file) ? [place.holds] : []));
      return tests.length === 0 ? [] : [{ rule, tests }];
    });
    byFile.set(file, found);
    return found;
  };
  return {
    matching: (site) =>
      inFile(site.file).flatMap(({ rule, tests }) => (tests.some((test) => test(site)) ? [rule] : [])),
  };
}

function placesOf(place: Place): Asked['places'] {
  const conditions = conditionsOf(place);
  const not = place.not && conditionsOf(place.not);
  return Object.entries(place.files).map(([glob, owners]) => {
    const owned = matcher(owners);
    return {
      file: globbed(glob),
      holds: (site: Site) => owned(site.owner.name) && conditions(site) && not?.(site) !== true,
    };
  });
}

function conditionsOf(wanted: Conditions): Test {
  const tests: Test[] = [];
  for (const field of ['callee', 'text', 'statement'] as const) {
    const pattern = wanted[field];
    if (pattern === undefined) continue;
    const matches = matcher(pattern);
    tests.push((site) => matches(site[field]));
  }
  if (wanted.guard !== undefined) {
    const matches = matcher(wanted.guard);
    tests.push((site) => site.guards.some(matches));
  }
  const { kind, state, owner } = wanted;
  if (kind !== undefined) tests.push((site) => site.kind === kind);
  if (state !== undefined) tests.push((site) => site.state === state);
  if (owner !== undefined) tests.push((site) => site.owner.kind === owner);
  return (site) => tests.every((test) => test(site));
}
