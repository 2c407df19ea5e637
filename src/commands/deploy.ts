import { chosenPatches } from '../pipeline.js';
import { kindsFor } from '../deploy/kinds.js';
import { placeOf, textOf } from '../deploy/place.js';
import type { Place } from '../deploy/place.js';
import { searchFiles } from '../deploy/search.js';
import type { Search } from '../deploy/search.js';
import { identity, surveyOf } from '../deploy/survey.js';
import type { CodeFile, Survey } from '../deploy/survey.js';
import { problem } from '../problems.js';
import { breathe } from '../programs/cleanup.js';
import { AFTERWARDS, deployText } from '../report/deploy.js';
import { statoverrideScript } from '../report/statoverride.js';
import { allReleases, loadDeployment, namedRelease } from '../target/find.js';
import type { Named } from '../target/find.js';
import { flaggedRules } from '../target/flagged.js';
import { changeModes } from '../write/modes.js';

/** How the files are told. */
export const DEPLOY_FORMATS = ['list', 'statoverride'] as const;

/** Options of `mayexec deploy`. */
export interface DeployOptions {
  readonly prefix: string;
  readonly root?: string | undefined;
  readonly roles?: readonly string[] | undefined;
  readonly format: (typeof DEPLOY_FORMATS)[number];
  readonly write: boolean;
  readonly json: boolean;
}

/**
 * `mayexec deploy`: names the files below a prefix that a target's series opens as code and that have no x bits, or
 * gives them x bits.
 *
 * @param name `NAME` or `NAME@VERSION`
 * @throws Problem `unknown-release`, `usage` for a role, `bad-path`, `symlink-loop`, `no-code`, `not-marked`; `unlisted`
 * when the list has been told, and before anything is written
 */
export async function deployCommand(name: string, options: DeployOptions): Promise<void> {
  const named = await namedRelease(name);
  if (named === undefined) {
    throw problem('unknown-release', { name, known: (await allReleases()).join(', ') });
  }
  const { target, release } = named;
  const deployment = await loadDeployment(target);
  const flagged = flaggedRules(target, chosenPatches(target, options.roles), release);
  const place = placeOf(options.prefix, options.root);
  const search = searchFiles(place, kindsFor(deployment, flagged));
  const survey = surveyOf(search);
  if (survey.kinds.length === 0 && search.unread.length === 0) {
    const kinds = deployment.kinds.filter(({ rules }) => rules.some((rule) => flagged.has(rule)));
    throw problem('no-code', {
      path: options.prefix,
      target: target.name,
      kinds: kinds.map(({ what }) => what).join(', '),
    });
  }
  if (options.write) {
    assertWhole(search);
    await breathe();
    write(place, survey);
  }
  tell({ named, place, survey }, options);
  assertWhole(search);
}

interface Told {
  readonly named: Named;
  readonly place: Place;
  readonly survey: Survey;
}

function tell({ named, place, survey }: Told, options: DeployOptions): void {
  const subject = `${named.target.name} ${named.release.version}`;
  if (options.json) {
    process.stdout.write(`${JSON.stringify(jsonOf({ named, place, survey }, options), null, 2)}\n`);
    return;
  }
  if (options.format === 'statoverride') script(subject, place, survey);
  else if (!options.write) {
    process.stdout.write(survey.files.map(({ path }) => `${place.root}${path}\n`).join(''), 'latin1');
  }
  process.stderr.write(deployText(subject, place.root === '' ? '/' : place.root, survey), 'latin1');
  if (options.write) process.stderr.write(`${survey.files.length} files changed\n`);
  process.stderr.write(AFTERWARDS);
}

function write({ root }: Place, { files }: Survey): void {
  const each = new Map(files.map((file) => [identity(file), file]));
  changeModes(
    [...each.values()].map(({ path, stats, before, after }) => ({
      path: `${root}${path}`,
      device: stats.dev,
      inode: stats.ino,
      before,
      after,
    })),
  );
}

/** What dpkg can keep: no file that is written anew by others, and no name that its own file cannot hold. */
function script(subject: string, { root }: Place, { files }: Survey): void {
  const [odd, even] = [files.filter(hasNewline), files.filter((file) => !hasNewline(file))];
  const kept = even.filter(({ code }) => code.remade === undefined);
  process.stdout.write(
    statoverrideScript(
      subject,
      kept.map((file) => overrideOf(file, root)),
    ),
    'latin1',
  );
  const remade = even.length - kept.length;
  if (remade > 0)
    process.stderr.write(`not in the script: ${remade} files that are written anew, see below\n`);
  for (const { path } of odd)
    process.stderr.write(`not in the script: ${JSON.stringify(path)}, which has a newline\n`, 'latin1');
}

function hasNewline({ path }: CodeFile): boolean {
  return path.includes('\n');
}

/** The owner is that of an installed file; what a package is built from becomes root's. */
function overrideOf(
  { path, after, stats }: CodeFile,
  root: string,
): Parameters<typeof statoverrideScript>[1][0] {
  const id = (number: number): string => (root !== '' || number === 0 ? 'root' : `#${number}`);
  return { path, mode: after, owner: id(stats.uid), group: id(stats.gid) };
}

/** @throws Problem `unlisted` where a folder could not be read */
function assertWhole({ unread }: Search): void {
  if (unread.length === 0) return;
  const list = unread.map(({ path, message }) => `  ${textOf(path)}: ${message}`).join('\n');
  throw problem('unlisted', { count: unread.length, list });
}

function jsonOf({ named, place, survey }: Told, options: DeployOptions): object {
  return {
    target: named.target.name,
    release: named.release.version,
    root: place.root === '' ? '/' : textOf(place.root),
    written: options.write,
    files: survey.files.map(({ path, code, before, after }) => ({
      path: textOf(`${place.root}${path}`),
      installed: textOf(path),
      ...bytes(path),
      kind: code.id,
      mode: before.toString(8).padStart(4, '0'),
      becomes: after.toString(8).padStart(4, '0'),
    })),
    kinds: survey.kinds.map(({ kind: { id, what, rules, why, remade }, need, have }) => ({
      id,
      what,
      rules,
      why,
      ...(remade !== undefined && { remade }),
      need,
      have,
    })),
    asBefore: survey.plain.map(({ kind: { id, what, rules, why }, files }) => ({
      id,
      what,
      rules,
      why,
      files,
    })),
    warnings: survey.warnings.map(({ path, message }) => ({ path: textOf(path), ...bytes(path), message })),
  };
}

/** The bytes of a path that is no UTF-8, in base64. */
function bytes(path: string): { readonly bytes?: string } {
  const exact = Buffer.from(path, 'latin1');
  return exact.equals(Buffer.from(textOf(path))) ? {} : { bytes: exact.toString('base64') };
}
