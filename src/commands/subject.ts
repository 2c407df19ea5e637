import { join } from 'node:path';
import type { Source } from '../formats/provenance.ts';
import { problem } from '../problems.ts';
import type { Subject } from '../scan.ts';
import { obtain } from '../source/obtain.ts';
import { terminalProgress } from '../source/progress.ts';
import type { QuiltTree } from '../source/quilt.ts';
import { lstatOf } from '../source/reading.ts';
import { lineEndsOf } from '../source/line-ends.ts';
import { readTree } from '../source/tree.ts';
import { unreadIn } from '../sites/shipped.ts';
import type { PinnedRelease, Release, Target, Tree } from '../target/contract.ts';
import { capabilitiesOf } from '../target/capabilities.ts';
import { visible } from '../target/visible.ts';
import { allReleases, namedRelease, recognised, recognisedByFew } from '../target/find.ts';
import type { Recognised } from '../target/find.ts';

/** Where sources may come from; the options of every command that names a release. */
export interface SourceOptions {
  readonly tarball?: string | undefined;
  readonly tree?: string | undefined;
  readonly sources?: string | undefined;
  readonly cache?: string | undefined;
}

/** A subject with where it came from. */
export interface Obtained extends Subject {
  readonly path: string;
  /** The release whose tarball the tree was unpacked from; undefined for a tree that was given. */
  readonly pinned: PinnedRelease | undefined;
  /** The version that the tree says; other than the release's where the tree is not a pinned one. */
  readonly version: string;
  /** Where the tree is kept under quilt. */
  readonly quilt: QuiltTree | undefined;
}

/**
 * The tree that an argument means: a folder, or a release by name.
 *
 * @throws Problem when it is neither, or its source cannot be had
 */
export async function subjectOf(argument: string, options: SourceOptions): Promise<Obtained> {
  const named = options.tree === undefined && !present(argument) ? await namedRelease(argument) : undefined;
  if (named) {
    const { path } = await obtain(named.target, named.release, { ...options, progress: terminalProgress() });
    const { target, release } = named;
    const tree = readTree(path, target.reads);
    // A release that has no lock yet is what its tree says.
    const locked = target.locks.releases.includes(release.version);
    return {
      target,
      release: locked ? release : asInTree({ target, release, tree }),
      tree,
      path,
      pinned: release,
      version: release.version,
      quilt: undefined,
    };
  }
  const path = options.tree ?? argument;
  if (!present(path)) {
    // No release has a slash in its name.
    if (options.tree !== undefined || path.includes('/'))
      throw problem('bad-path', { path, message: 'does not exist' });
    const known = `${(await allReleases()).join(', ')}, or the path of a tree`;
    throw problem('unknown-release', { name: path, known });
  }
  const { tree, quilt, found } = await givenTree(path);
  mindUnread(path, tree, found.target);
  return { ...found, tree, path, pinned: undefined, version: found.release.version, quilt };
}

/** A release with the capabilities that its tree has, whatever a lock says. */
export function asInTree<R extends Release>({
  target,
  release,
  tree,
}: Pick<Subject, 'target' | 'tree'> & { readonly release: R }): R {
  return { ...release, capabilities: capabilitiesOf(lineEndsOf(tree).tree, target) };
}

/** A tree that the user names: with its own patches, and recognised. Of one that is too large the few files that count are read. */
async function givenTree(
  path: string,
): Promise<{ readonly tree: Tree; readonly quilt: QuiltTree | undefined; readonly found: Recognised }> {
  const large = await recognisedByFew((reads) => readTree(path, reads));
  const reads = large?.target.reads;
  const onDisk = readTree(path, reads);
  // Loaded where it is asked for: what reads patches costs a scan of a known release time that it need not take.
  const { quiltTree } = await import('../source/quilt.ts');
  const quilt = quiltTree(onDisk, reads);
  const tree = quilt?.tree ?? onDisk;
  return { tree, quilt, found: large ?? (await recognised(tree)) };
}

/**
 * What a tree was, for the record of what is made of it.
 *
 * @param committed whether that goes into the kit's own folder: for a release whose archive was not to be had its
 * maintainers say there which tree they took
 */
export function sourceOf({ target, release, pinned }: Obtained, committed: boolean): Source | undefined {
  const seen = target.releases.find(({ version }) => version === release.version)?.seen;
  if (committed && seen !== undefined) return { git: seen };
  return pinned && { tarball: pinned.tarball };
}

/** Whether something stands there, be it a link that leads nowhere: readTree says what is wrong with it. */
function present(path: string): boolean {
  return lstatOf(path) !== undefined;
}

/** Names what may be source and is not read: a site in it would be missed. */
function mindUnread(path: string, tree: Tree, target: Target): void {
  for (const { file, why } of unreadIn(tree, target)) {
    process.stderr.write(`not read: ${visible(`${join(path, file)}: ${why}`)}\n`);
  }
}
