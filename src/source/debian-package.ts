import { readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { onInterrupt, throwIfInterrupted } from '../programs/cleanup.ts';
import { run } from '../programs/run.ts';
import type { Tarball } from '../target/contract.ts';
import { failure } from './apt-answers.ts';
import { apt } from './apt-programs.ts';
import { aptRoot, update } from './apt-root.ts';
import type { AptRoot } from './apt-root.ts';
import { ofBinaries } from './apt-stanzas.ts';
import { systemSuites } from './apt-system.ts';
import { asAttempt } from './attempt.ts';
import type { Attempt } from './attempt.ts';
import { sha256Of } from './checksum.ts';
import { diskProblem, makeFolder } from './disk.ts';
import type { Progress } from './progress.ts';

/** A tarball that a binary package installs. */
type Packaged = Tarball & Required<Pick<Tarball, 'package'>>;

const WAY = 'Debian package';

/**
 * Gets a tarball out of the binary package that installs it: for each suite that the system knows, in a private apt root,
 * the pinned version. Needs no root user; nothing is installed.
 *
 * @param aptFolder where the private roots are kept
 * @param into the file to make, not there yet; its name plus `.d` is used for the download
 * @returns what was tried in vain, and whether the file was made in the end
 * @throws Problem `disk-full`, `read-only`, `interrupted`
 */
export async function fromPackage(
  tarball: Packaged,
  aptFolder: string,
  into: string,
  progress: Progress,
): Promise<{ got: boolean; attempts: readonly Attempt[] }> {
  const attempts: Attempt[] = [];
  const { name, version } = tarball.package;
  try {
    const suites = await systemSuites();
    if (suites.length === 0) attempts.push({ way: WAY, message: 'apt knows no suite', kind: 'missing' });
    for (const suite of suites) {
      const root = aptRoot(ofBinaries(suite), aptFolder);
      progress.step(`looking for the package ${name} in ${suite.label}`);
      const failed = (await update(root, progress)) ?? (await download(root, tarball, into, progress));
      if (failed === undefined) return { got: true, attempts };
      attempts.push({ ...failed, way: `${WAY}, ${suite.label}, ${name} ${version}` });
    }
  } catch (error) {
    attempts.push(asAttempt(error, WAY));
  }
  return { got: false, attempts };
}

async function download(
  root: AptRoot,
  tarball: Packaged,
  into: string,
  progress: Progress,
): Promise<Omit<Attempt, 'way'> | undefined> {
  const { name, version, path } = tarball.package;
  const folder = `${into}.d`;
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  const forget = onInterrupt(remove);
  try {
    progress.step(`downloading ${name} ${version} from ${root.suite.label}`);
    makeFolder(folder);
    const asked = await apt('apt-get', [...root.options, 'download', `${name}=${version}`], folder);
    throwIfInterrupted();
    if (asked.status !== 0) return failure(asked.stderr.toString(), folder);
    const [file] = readdirSync(folder).filter((one) => one.endsWith('.deb'));
    if (file === undefined) return { message: 'apt made no file', kind: 'other' };
    progress.step(`unpacking ${file}`);
    const out = join(folder, 'out');
    const ended = await run('dpkg-deb', ['-x', join(folder, file), out], {
      purpose: 'unpacking a package',
      package: 'dpkg',
    });
    throwIfInterrupted();
    if (ended.status !== 0) return failure(ended.stderr.toString(), folder);
    const made = join(out, path);
    if (statSync(made, { throwIfNoEntry: false })?.isFile() !== true)
      return { message: `the package has no ${path}`, kind: 'other' };
    const actual = await sha256Of(made);
    if (actual !== tarball.sha256) return { message: `sha256 is ${actual}`, kind: 'other' };
    renameSync(made, into);
    return undefined;
  } catch (error) {
    throw diskProblem(error, folder);
  } finally {
    remove();
    forget();
  }
}
