import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openCache } from '../src/source/cache.ts';
import { obtain } from '../src/source/obtain.ts';
import { quietProgress } from '../src/source/progress.ts';
import { namedRelease } from '../src/target/find.ts';
import { Problem } from '../src/problems.ts';
import type { PinnedRelease, Target } from '../src/target/contract.ts';
import { given } from './needs.ts';
import type { Need } from './needs.ts';

/** A source that tests read, and the need for it. */
export interface SourceFound {
  /** The unpacked tree, not to be written to. */
  readonly path: string | undefined;
  readonly need: Need;
}

/**
 * The tree of a release in the folder that MAYEXEC_TREES names, where one is called NAME@VERSION: for releases whose
 * archives are unavailable.
 */
export function givenTree(name: string): string | undefined {
  const folder = process.env['MAYEXEC_TREES'] ?? '';
  const tree = join(folder, name);
  return folder !== '' && existsSync(tree) ? tree : undefined;
}

/**
 * The unpacked source of a release, where the cache or a folder of sources has it, or MAYEXEC_TREES, a folder of trees
 * that are called NAME@VERSION. With MAYEXEC_REQUIRE_TOOLS=1, as CI sets it, what Debian has is downloaded.
 *
 * @param name for instance `bash@5.2.15`
 */
export async function sourceOf(name: string): Promise<SourceFound> {
  const named = await namedRelease(name);
  if (named === undefined) throw new Error(`no release ${name}`);
  const { target, release } = named;
  const tree = givenTree(name);
  if (tree !== undefined) return { path: tree, need: needOf(name, true, true) };
  const required = process.env['MAYEXEC_REQUIRE_TOOLS'] === '1';
  const sources = process.env['MAYEXEC_SOURCES'] ?? '';
  // What no distribution's archive has may be out of reach of a machine that installs packages.
  const packaged = release.tarball.debian !== undefined || release.tarball.package !== undefined;
  if ((required && packaged) || sources !== '' || openCache().hasTree(release.tarball.sha256, target.reads)) {
    const path = await obtained(target, release, packaged);
    return { path, need: needOf(name, path !== undefined, false) };
  }
  return { path: undefined, need: needOf(name, false, packaged) };
}

/**
 * The tree, or undefined where nobody on this machine could bring it: no distribution has it, or an archive lists the
 * file and answers 404 for it, as archives do that keep no file of an older release.
 */
async function obtained(
  target: Target,
  release: PinnedRelease,
  packaged: boolean,
): Promise<string | undefined> {
  try {
    return (await obtain(target, release, { progress: quietProgress })).path;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (!packaged && ['no-network', 'no-source'].includes(error.code)) return undefined;
    if (error.code === 'no-source' && error.message.includes(' 404 ')) return undefined;
    throw error;
  }
}

function needOf(name: string, found: boolean, required: boolean): Need {
  return given(`the source of ${name}`, `npx mayexec fetch ${name}`, found, required);
}
