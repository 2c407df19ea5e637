import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { moduleEnding, modulesFolder } from '../package.ts';
import { problem } from '../problems.ts';
import { capabilitiesOf } from './capabilities.ts';
import { checkWays } from './catalogue.ts';
import type { Ways } from './catalogue.ts';
import type { PinnedRelease, Release, Target, Tree } from './contract.ts';
import { checkScenarios } from './check-scenarios.ts';
import { checkDeployment } from './define-deployment.ts';
import type { Deployment } from './deployment.ts';
import { checkExports } from './exports.ts';
import type { LoadedFile } from './exports.ts';
import { nothingRuns } from './recipe.ts';
import type { Trials } from './scenario.ts';
import { nearest } from './versions.ts';

const folder = join(modulesFolder, 'targets');

/** The names of all targets, sorted: the folders under targets/. */
export function targetNames(): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((one) => one.isDirectory() && existsSync(join(folder, one.name, `target${moduleEnding}`)))
    .map((one) => one.name)
    .sort();
}

/** The names of the targets that are interpreters, sorted: those that say how they are built and tried. */
export function interpreterNames(): readonly string[] {
  return targetNames().filter(isInterpreter);
}

function isInterpreter(name: string): boolean {
  return existsSync(join(folder, name, `build${moduleEnding}`));
}

/**
 * Loads a target.
 *
 * @param name of its folder
 * @throws Problem `unknown-release` when there is no such folder, `target-invalid` when it exports no target
 */
export async function loadTarget(name: string): Promise<Target> {
  if (!targetNames().includes(name)) {
    throw problem('unknown-release', { name, known: targetNames().join(', ') });
  }
  const { target } = await load<{ readonly target: Target }>(name, 'target');
  if (target.name !== name) {
    throw problem('target-invalid', {
      target: name,
      message: 'target.ts does not export a `target` with that name',
    });
  }
  return target;
}

/**
 * What a file of a target exports.
 *
 * @throws Problem `target-invalid` where it lacks something, or exports something that nobody reads
 */
async function load<T>(name: string, file: LoadedFile): Promise<T> {
  const path = join(folder, name, `${file}${moduleEnding}`);
  const loaded = (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
  checkExports(name, file, loaded);
  return loaded as T;
}

/**
 * Loads what is tried with a target's interpreter: how it is built, and its scenarios.
 *
 * @param name of the target's folder
 * @throws Problem `target-invalid` where the files export something else, or scenarios are not tied to the target;
 * `nothing-runs` for a target that is no interpreter
 */
export async function loadTrials(name: string): Promise<Trials> {
  if (!isInterpreter(name)) throw nothingRuns(name);
  const build = await load<Omit<Trials, 'scenarios'>>(name, 'build');
  const { scenarios } = await load<Pick<Trials, 'scenarios'>>(name, 'scenarios/index');
  return { ...build, scenarios: checkScenarios(await loadTarget(name), scenarios) };
}

/**
 * Loads what is known of a target's installed files.
 *
 * @throws Problem `target-invalid` where that is not tied to the target's rules; `nothing-runs` for one that is no
 * interpreter
 */
export async function loadDeployment(target: Target): Promise<Deployment> {
  if (!isInterpreter(target.name)) throw nothingRuns(target.name);
  const { deployment } = await load<{ readonly deployment: Deployment }>(target.name, 'deploy');
  return checkDeployment(target, deployment);
}

/**
 * Loads what a target says of the ways in.
 *
 * @throws Problem `target-invalid` where that is not tied to its scenarios and entries; `nothing-runs` for one that is no
 * interpreter
 */
export async function loadWays({ name, entries }: Target): Promise<Ways> {
  if (!isInterpreter(name)) throw nothingRuns(name);
  const { ways } = await load<{ readonly ways: Ways }>(name, 'ways');
  const { scenarios } = await loadTrials(name);
  return checkWays(name, ways, { scenarios, entries });
}

/** A pinned release of a target. */
export interface Named {
  readonly target: Target;
  readonly release: PinnedRelease;
}

/** What a tree is. */
export interface Recognised {
  readonly target: Target;
  readonly release: Release;
}

/**
 * The release that a name such as `name@1.2.3` means; without a version, the target's first.
 *
 * @returns undefined when the name is not of that form or names no target: it may be a path then
 * @throws Problem `unknown-release` when the target has no such release
 */
export async function namedRelease(name: string): Promise<Named | undefined> {
  const [, stem, version] = /^([a-z][a-z0-9-]*)(?:@(.+))?$/.exec(name) ?? [];
  if (stem === undefined || !targetNames().includes(stem)) {
    if (stem === undefined || version === undefined) return undefined;
    throw problem('unknown-release', { name, known: (await allReleases()).join(', ') });
  }
  const target = await loadTarget(stem);
  const release =
    version === undefined ? target.releases[0] : target.releases.find((one) => one.version === version);
  if (release === undefined)
    throw problem('unknown-release', { name, known: (await allReleases()).join(', ') });
  return { target, release };
}

/** The first release of each interpreter, as `name@version`. */
export async function firstReleases(): Promise<readonly string[]> {
  const targets = await Promise.all(interpreterNames().map(loadTarget));
  return targets.flatMap(({ name, releases }) => releases.slice(0, 1).map((one) => `${name}@${one.version}`));
}

/** Every release of every target, as `name@version`. */
export async function allReleases(): Promise<readonly string[]> {
  const targets = await Promise.all(targetNames().map(loadTarget));
  return targets.flatMap((target) => target.releases.map((one) => `${target.name}@${one.version}`));
}

/**
 * The target and release that a tree is.
 *
 * Its capabilities are those of the tree, whatever its version. One that the target does not list has the date of the
 * nearest that it does.
 *
 * @throws Problem `not-a-tree` when no target knows it
 */
export async function recognised(tree: Tree): Promise<Recognised> {
  for (const name of targetNames()) {
    const found = as(await loadTarget(name), tree);
    if (found) return found;
  }
  throw problem('not-a-tree', {
    path: tree.path,
    detail: detailOf(tree),
    known: targetNames().join(', '),
  });
}

/**
 * The target and release of a tree that is too large to be listed: it is known by the few files that its target reads.
 *
 * @param read reads these files of the tree
 * @returns undefined where no such target knows it
 */
export async function recognisedByFew(
  read: (files: readonly string[]) => Tree,
): Promise<Recognised | undefined> {
  for (const name of targetNames()) {
    const target = await loadTarget(name);
    const found = target.reads && as(target, read(target.reads));
    if (found) return found;
  }
  return undefined;
}

function as(target: Target, tree: Tree): Recognised | undefined {
  const version = target.recognise(tree);
  const pinned = version === undefined ? undefined : nearest(target.releases, version);
  if (version === undefined || pinned === undefined) return undefined;
  return { target, release: { version, date: pinned.date, capabilities: capabilitiesOf(tree, target) } };
}

function detailOf({ files, skipped = [] }: Tree): string {
  const counted =
    files.length === 0 ? 'it holds no files' : `${files.length} files, and no target recognises them`;
  const [first] = skipped;
  if (first === undefined) return counted;
  // A farm of links, as lndir makes it, is a tree when its links are followed.
  return `${counted}; ${skipped.length} more are not read, the first ${first.file}: ${first.why}; cp -rL turns links into files`;
}
