import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openCache } from '../src/source/cache.js';
import { obtain } from '../src/source/obtain.js';
import { quietProgress } from '../src/source/progress.js';
import { namedRelease } from '../src/target/find.js';
import { given } from './needs.js';
import type { Need } from './needs.js';

/** A source that tests read, and the need for it. */
export interface SourceFound {
  /** The unpacked tree, not to be written to. */
  readonly path: string | undefined;
  readonly need: Need;
}

/**
 * The unpacked source of a release, where the cache or a folder of sources has it, or MAYEXEC_TREES, a folder of trees
 * that are called NAME@VERSION. With MAYEXEC_REQUIRE_TOOLS=1, as CI
 * sets it, it is downloaded.
 *
 * @param name for instance `bash@5.2.15`
 */
export async function sourceOf(name: string): Promise<SourceFound> {
  const named = await namedRelease(name);
  if (named === undefined) throw new Error(`no release ${name}`);
  const { target, release } = named;
  const given = join(process.env['MAYEXEC_TREES'] ?? '', name);
  if (process.env['MAYEXEC_TREES'] !== undefined && existsSync(given))
    return { path: given, need: needOf(name, true) };
  const required = process.env['MAYEXEC_REQUIRE_TOOLS'] === '1';
  const sources = process.env['MAYEXEC_SOURCES'] ?? '';
  if (required || sources !== '' || openCache().hasTree(release.tarball.sha256)) {
    const { path } = await obtain(target, release, { progress: quietProgress });
    return { path, need: needOf(name, true) };
  }
  return { path: undefined, need: needOf(name, false) };
}

function needOf(name: string, found: boolean): Need {
  return given(`the source of ${name}`, `npx mayexec fetch ${name}`, found, true);
}
