import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { moduleEnding, modulesFolder } from '../../src/package.ts';
import type { Dialect } from '../../src/target/dialect.ts';
import {
  allReleases,
  firstReleases,
  interpreterNames,
  loadTrials,
  namedRelease,
} from '../../src/target/find.ts';
import type { Named } from '../../src/target/find.ts';
import type { Trials } from '../../src/target/scenario.ts';
import type { Kernel } from './selftest.ts';

/** A release with what is tried with it. */
export interface Subject extends Named {
  readonly name: string;
  readonly trials: Trials;
}

/** A kernel that is tried. */
export interface KernelSubject {
  readonly name: string;
  readonly kernel: Kernel;
}

/**
 * Tells kernels from the interpreters among names of releases.
 *
 * @throws Problem `unknown-release`
 */
export async function kernels(
  names: readonly string[],
): Promise<{ readonly named: readonly KernelSubject[]; readonly others: readonly string[] }> {
  const named: KernelSubject[] = [];
  const others: string[] = [];
  for (const name of names) {
    const found = await namedRelease(name);
    if (found === undefined || interpreterNames().includes(found.target.name)) others.push(name);
    else named.push({ name, kernel: { kernel: found.release.version } });
  }
  return { named, others };
}

/** How a target's interpreter speaks. */
export async function loadDialect(name: string): Promise<Dialect> {
  const file = join(modulesFolder, 'targets', name, `dialect${moduleEnding}`);
  const { dialect } = (await import(pathToFileURL(file).href)) as { readonly dialect: Dialect };
  return dialect;
}

/**
 * The releases to try: those that are named; else one of each interpreter, the first that its target lists, since
 * builds are slow; or all of them.
 */
export async function subjects(names: readonly string[], all: boolean): Promise<Subject[]> {
  const known = async (): Promise<readonly string[]> =>
    (await allReleases()).filter((name) => interpreterNames().includes(name.replace(/@.*/, '')));
  const wanted = names.length > 0 ? names : await (all ? known() : firstReleases());
  return Promise.all(
    wanted.map(async (name) => {
      const named = await namedRelease(name);
      if (named === undefined) throw new Error(`${name} is no release`);
      return { ...named, name, trials: await loadTrials(named.target.name) };
    }),
  );
}
