import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { problem } from '../problems.ts';
import { throwIfInterrupted } from '../programs/cleanup.ts';
import type { PinnedRelease, Target } from '../target/contract.ts';
import type { Attempt } from './attempt.ts';
import { openCache } from './cache.ts';
import type { Cache } from './cache.ts';
import { checkSum, sha256Of } from './checksum.ts';
import type { Progress } from './progress.ts';
import { statOf } from './reading.ts';
import { allOrNothing } from './partial.ts';

/** Where a source may come from. */
export interface ObtainOptions {
  /** A tarball's path; nothing else is asked then. */
  readonly tarball?: string | undefined;
  /** A folder with tarballs under the names that the releases give them; else `$MAYEXEC_SOURCES`. */
  readonly sources?: string | undefined;
  /** The cache folder; see {@link openCache}. */
  readonly cache?: string | undefined;
  readonly progress: Progress;
}

/** A source tree, ready to be read; not to be written to, as later runs use it too. */
export interface Source {
  readonly path: string;
  readonly from: 'cache' | 'tarball' | 'debian' | 'upstream';
}

/**
 * Gets the tree of a release: from the tarball that was given, else from the cache, the folder of sources, where a package
 * has installed it, the distribution's source package, the binary package that installs it, upstream's addresses, in this
 * order. Whatever it comes from has the sum that the release pins. Where a target reads some files only, the tree is of
 * these. An interruption or a failure leaves nothing half-made.
 *
 * @throws Problem `wrong-sum` for a tarball that the user gave; `no-network` when nothing could be reached,
 * `no-source` when something could and has it not; `missing-tool`, `hostile-archive`, `truncated-archive`,
 * `bad-path`, `disk-full`, `read-only`, `interrupted`
 */
export async function obtain(
  target: Target,
  release: PinnedRelease,
  options: ObtainOptions,
): Promise<Source> {
  const name = `${target.name}@${release.version}`;
  const { sha256 } = release.tarball;
  const cache = openCache(options.cache);
  const given = givenTarball(release, options);
  // A tarball that the user names is looked at even where the tree is there already: it may be a wrong one.
  if (given?.named === true) await checkSum(given.file, sha256, name);
  const { reads } = target;
  const path = cache.tree(sha256, reads);
  if (cache.hasTree(sha256, reads)) return { path, from: given?.named === true ? 'tarball' : 'cache' };

  cache.sweep();
  const { progress } = options;
  try {
    if (given !== undefined && !given.named) await checkSum(given.file, sha256, name);
    const found =
      given === undefined
        ? await cachedOrLoaded(name, release, cache, progress)
        : ({ file: given.file, from: 'tarball' } as const);
    progress.step(`unpacking ${release.tarball.file}`);
    // What reads archives and asks archives is loaded where a tree is not in the cache yet.
    const { unpack, unpackSome } = await import('./unpack.ts');
    await (reads === undefined ? unpack(found.file, path) : unpackSome(found.file, reads, path));
    return { path, from: found.from };
  } finally {
    progress.done();
  }
}

function givenTarball(
  release: PinnedRelease,
  options: ObtainOptions,
): { file: string; named: boolean } | undefined {
  if (options.tarball !== undefined) return { file: options.tarball, named: true };
  const folder = options.sources ?? process.env['MAYEXEC_SOURCES'] ?? '';
  if (folder === '') return undefined;
  if (statOf(folder)?.isDirectory() !== true) {
    throw problem('bad-path', { path: folder, message: 'not a folder of sources' });
  }
  const file = join(folder, release.tarball.file);
  return statOf(file) === undefined ? undefined : { file, named: false };
}

async function cachedOrLoaded(
  name: string,
  release: PinnedRelease,
  cache: Cache,
  progress: Progress,
): Promise<{ file: string; from: Source['from'] }> {
  const { tarball } = release;
  const installed = tarball.package?.path;
  // The pinned sum says whether it is the version that is wanted.
  if (installed !== undefined && existsSync(installed) && (await sha256Of(installed)) === tarball.sha256)
    return { file: installed, from: 'tarball' };
  const file = cache.tarball(tarball.sha256);
  if (existsSync(file)) {
    if ((await sha256Of(file)) === tarball.sha256) return { file, from: 'cache' };
    // Damaged on the disk since it was put there.
    rmSync(file, { force: true });
  }
  let from: 'debian' | 'upstream' = 'debian';
  await allOrNothing(file, async (partial) => {
    const attempts: Attempt[] = [];
    const { debian } = tarball;
    if (debian !== undefined) {
      const { fromDebian } = await import('./debian.ts');
      const result = await fromDebian({ ...tarball, debian }, cache.apt, partial, progress);
      if (result.got) return;
      attempts.push(...result.attempts);
    }
    if (tarball.package !== undefined) {
      const { fromPackage } = await import('./debian-package.ts');
      const result = await fromPackage(
        { ...tarball, package: tarball.package },
        cache.apt,
        partial,
        progress,
      );
      if (result.got) return;
      attempts.push(...result.attempts);
    }
    throwIfInterrupted();
    from = 'upstream';
    const { fromUpstream } = await import('./upstream.ts');
    const result = await fromUpstream(tarball, partial, progress);
    if (!result.got) throw nowhere(name, [...attempts, ...result.attempts]);
  });
  return { file, from };
}

/** What the user is told when every way was in vain. */
function nowhere(release: string, attempts: readonly Attempt[]): Error {
  const tried = attempts.map(({ way, message }) => `  ${way}: ${message}`).join('\n');
  const kinds = new Set(attempts.map(({ kind }) => kind));
  // Where apt alone is missing, the network may be at fault for all the rest.
  if (kinds.has('network') && !kinds.has('other'))
    return problem('no-network', { release, message: `\n${tried}` });
  return problem('no-source', { release, tried: tried === '' ? '  the release has no address' : tried });
}
