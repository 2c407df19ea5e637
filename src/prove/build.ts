import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onInterrupt } from '../programs/cleanup.ts';
import { openCache } from '../source/cache.ts';
import { makeTemporary } from '../source/disk.ts';
import { allOrNothing, isSwept, sweep } from '../source/partial.ts';
import { isFor } from '../target/capabilities.ts';
import { recipeOf } from '../target/recipe.ts';
import type { PinnedRelease, Release, Target } from '../target/contract.ts';
import type { Trials } from '../target/scenario.ts';
import { seriesOf } from '../target/versions.ts';
import { CACHE_CHOICE, checkRunnable, checkRunsThere, TEMPORARY_CHOICE } from './runs-there.ts';
import type { Program } from './scene.ts';
import { step } from './step.ts';

/** Goes up when the same inputs are to be built in another way. */
const BUILDER = 2;

/** In ms: a week. */
const LIFETIME = 7 * 24 * 3600 * 1000;

/** What both streams of the compiler said, in a built tree. */
const LOG = 'mayexec-build.log';

/** A release, and how it is built. */
export interface Buildable {
  readonly target: Target;
  readonly release: PinnedRelease;
  readonly trials: Trials;
  /** The sum of what the tree holds, where that is not the release's archive; see {@link contentOf}. */
  readonly content?: string;
}

/** What a build depends on, beside the source and the compiler. */
interface Recipe {
  readonly configure: readonly string[];
  readonly make: readonly string[];
  readonly binary: string;
  readonly packages: readonly string[];
  readonly tests: readonly string[];
}

/** A tree with the interpreter built in it, objects and all. */
export interface Build {
  readonly tree: string;
  readonly binary: string;
  readonly log: string;
  /** False where it was there from an earlier run. */
  readonly fresh: boolean;
}

/**
 * Builds an interpreter, or finds the build of an earlier run of the same content: the source's sum, the patches'
 * text, how it is built and by which compiler.
 *
 * @param source the unpacked tree; it is copied
 * @param patches texts of the series (latin1), in order; none for the interpreter as it is
 * @param cache folder that is kept from one run to the next; the usual one unless given
 * @throws Problem `tool-failed` with the end of what the failing step said, `missing-tool`, `tool-timeout`; `noexec`,
 * `read-only`, `disk-full` for a folder that it cannot be built in
 */
export async function build(
  buildable: Buildable,
  source: string,
  patches: readonly string[],
  cache?: string,
): Promise<Build> {
  const { trials } = buildable;
  const { top, folder, tree, recipe } = await placeOf(buildable, patches, cache);
  const binary = join(tree, recipe.binary);
  const fresh = !existsSync(tree);
  if (fresh) {
    checkRunsThere(top, CACHE_CHOICE);
    await allOrNothing(tree, async (partial) => {
      // Times are kept: make would otherwise write generated files again, with whatever tools are there.
      // A link to the tree would be copied as a link, and the user's own tree be patched and built in.
      await step('cp', ['-a', realpathSync(source), partial], {
        cwd: '/',
        into: folder,
        package: 'coreutils',
      });
      for (const input of patches) {
        const options = { cwd: partial, into: folder, package: 'patch', input };
        await step('patch', ['-p1', '--fuzz=0', '--silent', '--binary'], options);
      }
      const [configure = '', ...given] = recipe.configure;
      const [maker = '', ...goals] = recipe.make;
      const logs = [
        await step(configure, given, { cwd: partial, into: folder, package: 'gcc' }),
        await step(maker, goals, { cwd: partial, into: folder, package: 'make' }),
        ...(recipe.tests.length > 0
          ? [await step(maker, recipe.tests, { cwd: partial, into: folder, package: 'make' })]
          : []),
      ];
      // The linker names objects by their whole path.
      writeFileSync(join(partial, LOG), logs.join('\n').replaceAll(`${partial}/`, ''));
    });
  }
  checkRunnable(binary, top, CACHE_CHOICE);
  keepRecent(folder, tree);
  makeExecutable(tree, trials.ownCode);
  return { tree, binary, log: join(tree, LOG), fresh };
}

/** Whether {@link build} would find a build of the same content; see there. */
export async function isBuilt(
  buildable: Buildable,
  patches: readonly string[],
  cache?: string,
): Promise<boolean> {
  return existsSync((await placeOf(buildable, patches, cache)).tree);
}

/** Where a build has the interpreter, relative to its tree. */
function binaryOf(target: Target, release: Release): string {
  return recipeOf(target).binary.replace('{series}', seriesOf(release.version));
}

/** How an interpreter is built, and where it then lies. */
async function placeOf(
  { target, release, trials, content }: Buildable,
  patches: readonly string[],
  cache: string | undefined,
): Promise<{
  /** The cache. */
  readonly top: string;
  readonly folder: string;
  readonly tree: string;
  readonly recipe: Recipe;
}> {
  const { configure, make, packages, also = [] } = recipeOf(target);
  const more = also.filter((one) => isFor(one, release));
  const recipe = {
    configure: [...configure, ...more.flatMap((one) => one.configure), ...trials.warnings],
    make: [...make, '-j2'],
    binary: binaryOf(target, release),
    packages: [...packages, ...more.flatMap((one) => one.packages)],
    tests: 'none' in trials.ownTests ? [] : trials.ownTests.make,
  };
  const compiler = await step('gcc', ['-v'], { cwd: '/', into: tmpdir(), package: 'gcc' });
  const hash = createHash('sha256');
  for (const part of [BUILDER, content ?? release.tarball.sha256, JSON.stringify(recipe), compiler]) {
    hash.update(`${part}\0`);
  }
  for (const patch of patches) hash.update(patch, 'latin1').update('\0');
  const key = hash.digest('hex').slice(0, 16);
  // Names of one length: paths are in what is printed and in what is compiled.
  const kind = patches.length === 0 ? 'stock' : 'patch';
  const top = openCache(cache).folder;
  const folder = join(top, 'interpreters');
  return { top, folder, tree: join(folder, `${target.name}-${release.version}-${kind}-${key}`), recipe };
}

/** The program of a build, shown to a job as a whole: whoever runs it may not reach the folder of the build. */
export function programOf({ trials }: Buildable, { tree, binary }: Build): Program {
  return { path: binary, shown: trials.prefix === undefined ? binary : join(tree, trials.prefix) };
}

/**
 * Hands out a copy of a build that can be changed and made again; it is gone afterwards, and on an interruption.
 *
 * @param work is given the copy, and a function that writes files (latin1) into it and has it built again
 * @throws what `work` throws, and what {@link build} does
 */
export async function withCopy<T>(
  { target, release, trials }: Buildable,
  made: Build,
  work: (copy: Build, again: (files: ReadonlyMap<string, string>) => Promise<void>) => Promise<T>,
): Promise<T> {
  checkRunsThere(tmpdir(), TEMPORARY_CHOICE);
  const around = makeTemporary('mayexec-copy-');
  // Whoever runs the interpreter must be able to reach it.
  chmodSync(around, 0o755);
  const tree = join(around, 'tree');
  const remove = (): void => {
    // A program that was killed with the rest may still be writing.
    rmSync(around, { recursive: true, force: true, maxRetries: 5 });
  };
  const forget = onInterrupt(remove);
  try {
    await step('cp', ['-a', made.tree, tree], { cwd: '/', into: around, package: 'coreutils' });
    const copy = { ...made, tree, binary: join(tree, binaryOf(target, release)), log: join(tree, LOG) };
    return await work(copy, async (files) => {
      for (const [file, text] of files) {
        const path = join(tree, file);
        // What is as it was is not compiled again: a header of CPython is a build of minutes.
        if (!existsSync(path) || readFileSync(path, 'latin1') !== text) writeFileSync(path, text, 'latin1');
      }
      for (const [program, ...args] of trials.rebuild.commands) {
        const filled = args.map((arg) => arg.replaceAll('{tree}', tree));
        await step(program, filled, { cwd: tree, package: 'make' });
      }
      makeExecutable(tree, trials.ownCode);
    });
  } finally {
    remove();
    forget();
  }
}

/** A policy by permission judges an interpreter's own library too: without x bits nothing would start. */
function makeExecutable(tree: string, ownCode: RegExp | undefined): void {
  if (ownCode === undefined) return;
  for (const name of readdirSync(tree, { recursive: true, encoding: 'utf8' })) {
    if (!ownCode.test(name)) continue;
    const { mode } = statSync(join(tree, name));
    if ((mode & 0o111) !== 0o111) chmodSync(join(tree, name), (mode & 0o777) | 0o111);
  }
}

/** Each change of a patch leaves a build behind: what was not used for some time goes, where it can be removed. */
export function keepRecent(folder: string, used: string): void {
  try {
    utimesSync(used, new Date(), new Date());
  } catch {
    // A cache that is not ours to write in serves as it is, and is not ours to tidy up.
    return;
  }
  sweep(folder);
  for (const name of readdirSync(folder)) {
    // What another process is making may be a copy that has the time of its original, years ago.
    if (isSwept(name)) continue;
    const path = join(folder, name);
    // Another process may have removed it since.
    const found = statSync(path, { throwIfNoEntry: false });
    if (found !== undefined && found.mtimeMs < Date.now() - LIFETIME)
      rmSync(path, { recursive: true, force: true });
  }
}
