import { basename, join } from 'node:path';
import { outputFiles } from '../formats/folder.ts';
import { lockText } from '../lock/write-lock.ts';
import { packageFolder } from '../package.ts';
import { makeSeries } from '../pipeline.ts';
import { assertCarried, failingAnchors, findingsOf, lockOfBase, locksFor, scan } from '../scan.ts';
import type { Base } from '../scan.ts';
import { Problem, problem } from '../problems.ts';
import { heldBy, toldHeld } from '../review/held.ts';
import { sha256Of } from '../source/checksum.ts';
import { readTree } from '../source/tree.ts';
import type { PinnedRelease, Tarball, Target, Tree } from '../target/contract.ts';
import { loadTarget, recognised, targetNames } from '../target/find.ts';
import type { Lock } from '../target/lock.ts';
import { nearest } from '../target/versions.ts';
import { visible } from '../target/visible.ts';
import { replaceFile } from '../write/file.ts';
import { replaceFolder } from '../write/folder.ts';
import { targetsOfCheckout } from './checkout.ts';

/** Stands for a sum that nobody has given. */
const NO_SUM = '0'.repeat(64);

/** Options of `mayexec new-release`. */
export interface NewReleaseOptions {
  readonly tarball?: string | undefined;
  readonly date?: string | undefined;
}

/**
 * `mayexec new-release`: what it costs to pin a release of a target that is known. Prints its entry, and writes its lock
 * and its series where nothing is left to be decided.
 *
 * @param name `name@version`
 * @param path of its tree
 * @throws Problem `no-checkout`, `unknown-release`, `release-exists`, `other-release`; what keeps the series from being
 * made, after all that can be said was printed
 */
export async function newReleaseCommand(
  name: string,
  path: string,
  { tarball, date }: NewReleaseOptions,
): Promise<void> {
  const targets = targetsOfCheckout();
  if (date !== undefined && !/^\d{4}-\d\d-\d\d$/.test(date))
    throw problem('usage', { message: `--date takes YYYY-MM-DD, not ${date}` });
  const { target, version } = await asked(name);
  const tree = readTree(path, target.reads);
  const { release: found, target: of } = await recognised(tree);
  if (of.name !== target.name || found.version !== version) {
    const is = visible(`${of.name}@${found.version}`);
    throw problem('other-release', { path, found: is, release: name });
  }
  const archive =
    tarball === undefined ? undefined : { file: basename(tarball), sha256: await sha256Of(tarball) };
  const neighbour = nearest(target.releases, version);
  const release: PinnedRelease = {
    ...found,
    date: date ?? found.date,
    tarball: tarballLike(neighbour, version, archive),
  };
  const scanned = await scan({ tree, target, release });
  if ([...scanned.presence.values()].includes(true))
    throw problem('other-release', { path, found: `${name} with patches of this kit`, release: name });
  const base = await assertCarried(scanned);
  process.stdout.write(`${costOf(base)}${entryOf(release, date)}`);
  const left = findingsOf(base).filter(({ level }) => level !== 'note');
  if (left.length > 0) {
    process.stdout.write(
      `No lock is written: ${left.length} thing(s) need a decision. Next:\n` +
        `  mayexec review ${visible(path)} shows each with the code around it; write rules and edits for them,\n` +
        '  then run this again\n',
    );
  } else {
    const lock = join(targets, target.name, 'locks', `${version}.lock`);
    replaceFile(lock, lockText(lockOfBase(base)));
    process.stdout.write(`targets/${target.name}/locks/${version}.lock is written.\n`);
  }
  // Where something is left it says what, with the status of that.
  const series = await writeSeries(
    pinned(target, release, lockOfBase(base), left.length === 0),
    release,
    tree,
  );
  process.stdout.write(series);
}

/** The target that a name means, and a version that it does not pin. */
async function asked(name: string): Promise<{ readonly target: Target; readonly version: string }> {
  const [, stem = '', version] = /^([a-z][a-z0-9-]*)@(.+)$/.exec(name) ?? [];
  if (version === undefined || !targetNames().includes(stem))
    throw problem('unknown-release', { name, known: `${targetNames().join(', ')}, each with @VERSION` });
  const target = await loadTarget(stem);
  if (target.releases.some((one) => one.version === version))
    throw problem('release-exists', { release: name });
  // A lock that an earlier run wrote is no knowledge of another release.
  const releases = target.locks.releases.filter((one) => one !== version);
  return { target: { ...target, locks: { releases, of: target.locks.of } }, version };
}

/** Its archive, by the names that the nearest release has. */
function tarballLike(
  near: PinnedRelease | undefined,
  version: string,
  given: Pick<Tarball, 'file' | 'sha256'> | undefined,
): Tarball {
  const like = (text: string): string => (near ? text.replaceAll(near.version, version) : text);
  const usual = near ? like(near.tarball.file) : `${version}.tar.gz`;
  return {
    file: given?.file ?? usual,
    sha256: given?.sha256 ?? NO_SUM,
    urls: (near?.tarball.urls ?? []).map(like),
  };
}

/** What pinning the release takes, a line for each kind of work. */
function costOf(base: Base): string {
  const { target, release, decisions } = base;
  const findings = findingsOf(base);
  const counts = new Map<string, number>();
  for (const { kind } of findings) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const kinds = [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
  const anchors = failingAnchors(base).map(({ message }) => `  ${visible(message)}\n`);
  const held = heldBy(release.version, locksFor(target, release.version), findings, []);
  return (
    `${target.name} ${release.version}: ${decisions.length} sites, ${toldHeld(held)}\n` +
    `to review: ${kinds === '' ? 'nothing' : kinds}\n` +
    `edits that do not fit: ${anchors.length === 0 ? 'none' : `${anchors.length}`}\n${anchors.join('')}` +
    `capabilities: ${release.capabilities.join(', ') || 'none'}\n`
  );
}

/** The entry to be pasted into the target's list of releases. */
function entryOf({ version, tarball }: PinnedRelease, date: string | undefined): string {
  const { file, sha256, urls } = tarball;
  const quoted = (text: string): string => `'${text.replaceAll("'", "\\'")}'`;
  const sum = sha256 === NO_SUM ? ' // fill this in, or give --tarball' : '';
  return [
    '',
    'Add this entry to the releases in target.ts. Check the addresses; use a function there that makes them, if one does:',
    '',
    '  {',
    `    version: ${quoted(version)},`,
    date === undefined
      ? "    date: 'YYYY-MM-DD', // fill this in, or give --date"
      : `    date: ${quoted(date)},`,
    '    tarball: {',
    `      file: ${quoted(file)},`,
    `      sha256: ${quoted(sha256)},${sum}`,
    `      urls: [${urls.map(quoted).join(', ')}],`,
    '    },',
    '  },',
    '',
    '',
  ].join('\n');
}

/** The target as it will be when the release is pinned, so that its series comes out as it will then. */
function pinned(target: Target, release: PinnedRelease, lock: Lock, locked: boolean): Target {
  if (!locked) return target;
  const { locks } = target;
  return {
    ...target,
    releases: [...target.releases, release],
    locks: {
      releases: [...locks.releases, release.version],
      of: (version) => (version === release.version ? [lock] : locks.of(version)),
    },
  };
}

/**
 * Writes generated/NAME/VERSION/.
 *
 * @returns what is to be done next
 */
async function writeSeries(target: Target, release: PinnedRelease, tree: Tree): Promise<string> {
  const { version, capabilities, tarball } = release;
  const name = `${target.name}@${version}`;
  const given = { version, date: release.date, capabilities };
  const made = await makeSeries({ tree, target, release: given }).catch((error: unknown) => {
    if (error instanceof Problem) process.stdout.write('No series is written.\n');
    throw error;
  });
  const summed = tarball.sha256 !== NO_SUM;
  const files = outputFiles(made, summed ? { tarball } : undefined);
  const folder = join(packageFolder, 'generated', target.name, version);
  // The lock says the same in fewer lines.
  const committed = new Map([...files].filter(([file]) => file !== 'ledger.json'));
  replaceFolder(folder, committed, join('patches', 'series'));
  return [
    `generated/${target.name}/${version}/ is written: ${made.series.patches.length} patches of ${release.date}.`,
    'Next:',
    '  paste the entry, fill in what it lacks, then run: npm run build',
    `  mayexec patch --out generated ${name} --tarball FILE (only if you filled in the date or the sum by hand)`,
    `  mayexec verify ${name} --tarball FILE`,
    `  mayexec prove ${name} --tarball FILE`,
    '',
  ].join('\n');
}
