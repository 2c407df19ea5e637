import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { moduleEnding, modulesFolder } from '../../src/package.js';
import { allReleases, namedRelease } from '../../src/target/find.js';
import type { Named } from '../../src/target/find.js';
import type { Trials } from '../../src/target/scenario.js';

/** A release with what is tried with it. */
export interface Subject extends Named {
  readonly name: string;
  readonly trials: Trials;
}

/** The releases to try: those that are named, or all. */
export async function subjects(names: readonly string[]): Promise<Subject[]> {
  const wanted = names.length > 0 ? names : await allReleases();
  return Promise.all(
    wanted.map(async (name) => {
      const named = await namedRelease(name);
      if (named === undefined) throw new Error(`${name} is no release`);
      return { ...named, name, trials: await trialsOf(named.target.name) };
    }),
  );
}

async function trialsOf(target: string): Promise<Trials> {
  const load = (file: string): Promise<unknown> =>
    import(pathToFileURL(join(modulesFolder, 'targets', target, `${file}${moduleEnding}`)).href);
  return {
    ...((await load('build')) as Omit<Trials, 'scenarios'>),
    ...((await load('scenarios')) as Trials),
  };
}
