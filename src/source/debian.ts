import { copyFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { onInterrupt, throwIfInterrupted } from '../programs/cleanup.ts';
import type { Tarball } from '../target/contract.ts';
import { failure } from './apt-answers.ts';
import { apt } from './apt-programs.ts';
import { aptRoot, update } from './apt-root.ts';
import type { AptRoot } from './apt-root.ts';
import { inSuite } from './apt-stanzas.ts';
import { systemSuites } from './apt-system.ts';
import { asAttempt } from './attempt.ts';
import type { Attempt } from './attempt.ts';
import { sha256Of } from './checksum.ts';
import { compareVersions, upstreamPart } from './debian-version.ts';
import { diskProblem, makeFolder } from './disk.ts';
import type { Progress } from './progress.ts';
import { sourceVersions } from './source-index.ts';
import type { SourceVersion } from './source-index.ts';

/** How often the growth of a download is looked at, in ms. */
const LOOK = 200;

/**
 * Gets a tarball as the distribution has it: for each suite that the system knows, then for those that the release
 * names, in a private apt root, each revision of the upstream version, the newest first, until one gives the pinned bytes. Needs neither root
 * nor a `deb-src` line.
 *
 * @param tarball with its `debian` part
 * @param aptFolder where the private roots are kept
 * @param into the file to make, not there yet; its name plus `.d` is used for the download
 * @returns what was tried in vain, and whether the file was made in the end
 * @throws Problem `disk-full`, `read-only`, `interrupted`
 */
export async function fromDebian(
  tarball: Tarball & Required<Pick<Tarball, 'debian'>>,
  aptFolder: string,
  into: string,
  progress: Progress,
): Promise<{ got: boolean; attempts: readonly Attempt[] }> {
  const attempts: Attempt[] = [];
  try {
    const own = await systemSuites();
    const suites = [...own, ...(tarball.debian.suites ?? []).flatMap((name) => inSuite(own, name))];
    if (suites.length === 0)
      attempts.push({ way: 'Debian source', message: 'apt has no suite', kind: 'missing' });
    for (const suite of suites) {
      const root = aptRoot(suite, aptFolder);
      progress.step(`looking for the source package ${tarball.debian.source} in ${suite.label}`);
      const failed = await update(root, progress);
      if (failed !== undefined) attempts.push(failed);
      else if (await fromSuite(root, tarball, into, attempts, progress)) return { got: true, attempts };
    }
  } catch (error) {
    attempts.push(asAttempt(error, 'Debian source'));
  }
  return { got: false, attempts };
}

async function fromSuite(
  root: AptRoot,
  tarball: Tarball & Required<Pick<Tarball, 'debian'>>,
  into: string,
  attempts: Attempt[],
  progress: Progress,
): Promise<boolean> {
  const { source, upstream } = tarball.debian;
  const way = `Debian source, ${root.suite.label}`;
  const listed = await apt('apt-cache', [...root.options, 'showsrc', source]);
  const versions = sourceVersions(listed.stdout.toString('utf8'), source);
  const wanted = versions
    .filter(({ version }) => upstreamPart(version) === upstream)
    .sort((a, b) => compareVersions(b.version, a.version));
  if (wanted.length === 0) {
    const has = versions.map(({ version }) => version).join(', ');
    attempts.push({
      way,
      message: `has no ${source} ${upstream}${has === '' ? '' : ` but ${has}`}`,
      kind: 'other',
    });
  }
  for (const version of wanted) {
    const failed = await download(root, tarball, version, into, progress);
    if (failed === undefined) return true;
    attempts.push({ way: `${way}, ${version.version}`, ...failed });
  }
  return false;
}

async function download(
  root: AptRoot,
  tarball: Tarball & Required<Pick<Tarball, 'debian'>>,
  { version, files }: SourceVersion,
  into: string,
  progress: Progress,
): Promise<Omit<Attempt, 'way'> | undefined> {
  const file = files.find(({ sha256 }) => sha256 === tarball.sha256);
  if (file === undefined)
    return { message: 'the sum of its tarball differs from the pinned one', kind: 'other' };
  const folder = `${into}.d`;
  const target = join(folder, file.name);
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  const forget = onInterrupt(remove);
  const clock = setInterval(() => {
    const size = statSync(target, { throwIfNoEntry: false })?.size;
    if (size !== undefined) progress.bytes(size, file.size);
  }, LOOK);
  try {
    progress.step(`downloading ${file.name} of ${version} from ${root.suite.label}`);
    makeFolder(folder);
    const wanted = `${tarball.debian.source}=${version}`;
    const ended = await apt(
      'apt-get',
      [...root.options, 'source', '--download-only', '--tar-only', '--only-source', wanted],
      folder,
    );
    throwIfInterrupted();
    if (ended.status !== 0) return failure(ended.stderr.toString(), folder);
    if (statSync(target, { throwIfNoEntry: false }) === undefined)
      return { message: 'apt downloaded no file', kind: 'other' };
    const actual = await sha256Of(target);
    if (actual !== tarball.sha256) return { message: `found sha256 ${actual}`, kind: 'other' };
    // Not renamed: for an archive on this machine, apt makes a link to the archive's own file.
    copyFileSync(target, into);
    return undefined;
  } catch (error) {
    throw diskProblem(error, folder);
  } finally {
    clearInterval(clock);
    remove();
    forget();
  }
}
