import { allReleases, namedRelease } from '../target/find.ts';
import { problem } from '../problems.ts';
import { obtain } from '../source/obtain.ts';
import { terminalProgress } from '../source/progress.ts';
import type { SourceOptions } from './subject.ts';

/** `mayexec fetch`: gets and unpacks a release's source, and prints where its tree lies. */
export async function fetchCommand(
  argument: string,
  options: SourceOptions & { readonly json: boolean },
): Promise<void> {
  if (options.tree !== undefined)
    throw problem('usage', { message: 'fetch makes a tree, so it takes no --tree' });
  const named = await namedRelease(argument);
  if (named === undefined) {
    throw problem('unknown-release', { name: argument, known: (await allReleases()).join(', ') });
  }
  const { target, release } = named;
  const { path, from } = await obtain(target, release, { ...options, progress: terminalProgress() });
  const { sha256 } = release.tarball;
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ release: `${target.name}@${release.version}`, path, from, sha256 }, null, 2)}\n`
      : `${path}\n`,
  );
}
