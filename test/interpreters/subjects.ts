import { allReleases, loadTrials, namedRelease } from '../../src/target/find.js';
import type { Named } from '../../src/target/find.js';
import type { Trials } from '../../src/target/scenario.js';

/** A release with what is tried with it. */
export interface Subject extends Named {
  readonly name: string;
  readonly trials: Trials;
}

/**
 * The releases to try: those that are named; else one of each interpreter, the first that its target lists, since
 * builds are slow; or all of them.
 */
export async function subjects(names: readonly string[], all: boolean): Promise<Subject[]> {
  const every = await allReleases();
  const first = every.filter((name, index) => {
    const stem = (one: string): string => one.replace(/@.*/, '@');
    return every.findIndex((one) => stem(one) === stem(name)) === index;
  });
  const wanted = names.length > 0 ? names : all ? every : first;
  return Promise.all(
    wanted.map(async (name) => {
      const named = await namedRelease(name);
      if (named === undefined) throw new Error(`${name} is no release`);
      return { ...named, name, trials: await loadTrials(named.target.name) };
    }),
  );
}
