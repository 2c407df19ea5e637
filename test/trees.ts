import { openCache } from '../src/source/cache.js';
import { obtain } from '../src/source/obtain.js';
import { quietProgress } from '../src/source/progress.js';
import { namedRelease } from '../src/target/find.js';
import { notRun } from './needs.js';

/**
 * The unpacked source of a release, where the cache or a folder of sources has it; where none does, says in one line
 * what is not run. With MAYEXEC_REQUIRE_TOOLS=1, as CI sets it, it is downloaded.
 *
 * @param name for instance `bash@5.2.15`
 * @param purpose what is not run without it
 * @returns its path, not to be written to
 */
export async function sourceOf(name: string, purpose: string): Promise<string | undefined> {
  const named = await namedRelease(name);
  if (named === undefined) throw new Error(`no release ${name}`);
  const { target, release } = named;
  const required = process.env['MAYEXEC_REQUIRE_TOOLS'] === '1';
  const sources = process.env['MAYEXEC_SOURCES'] ?? '';
  if (required || sources !== '' || openCache().hasTree(release.tarball.sha256)) {
    return (await obtain(target, release, { progress: quietProgress })).path;
  }
  notRun(purpose, `its source (node dist/src/cli.js fetch ${name})`);
  return undefined;
}
