import { chosenPatches } from '../pipeline.js';
import { withNamed } from '../deploy/also.js';
import { kindsFor } from '../deploy/kinds.js';
import { placeOf } from '../deploy/place.js';
import type { Place } from '../deploy/place.js';
import { searchFiles } from '../deploy/search.js';
import type { Search } from '../deploy/search.js';
import { identity, surveyOf } from '../deploy/survey.js';
import type { Survey } from '../deploy/survey.js';
import { problem } from '../problems.js';
import { breathe } from '../programs/cleanup.js';
import { deployJson } from '../report/deploy-json.js';
import { AFTERWARDS, deployText } from '../report/deploy.js';
import { MODE_FORMATS, modesFor } from '../report/installed-modes.js';
import { textOf } from '../source/bytes.js';
import { allReleases, loadDeployment, namedRelease } from '../target/find.js';
import type { Named } from '../target/find.js';
import { flaggedRules } from '../target/flagged.js';
import { changeModes } from '../write/modes.js';

/** How the files are told. */
export type DeployFormat = 'list' | keyof typeof MODE_FORMATS;

/**
 * The format of that name.
 *
 * @throws Problem `usage`
 */
export function deployFormat(name: string): DeployFormat {
  if (name === 'list' || isModeFormat(name)) return name;
  const known = ['list', ...Object.keys(MODE_FORMATS)].join(', ');
  throw problem('usage', { message: `--format of deploy takes one of ${known}, not ${name}` });
}

function isModeFormat(name: string): name is keyof typeof MODE_FORMATS {
  return Object.hasOwn(MODE_FORMATS, name);
}

/** Options of `mayexec deploy`. */
export interface DeployOptions {
  readonly prefix: string;
  readonly root?: string | undefined;
  /** Files and folders of programs, on the installed system. */
  readonly also?: readonly string[] | undefined;
  readonly roles?: readonly string[] | undefined;
  readonly format: DeployFormat;
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
  const flagged = flaggedRules(target, chosenPatches(target, release, options.roles), release);
  const place = placeOf(options.prefix, options.root);
  const kindOf = withNamed(kindsFor(deployment, flagged), place, deployment, options.also ?? []);
  const search = searchFiles(place, kindOf);
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
  tell(named, place, survey, options);
  assertWhole(search);
}

function tell({ target, release }: Named, place: Place, survey: Survey, options: DeployOptions): void {
  const { format, json, write: written } = options;
  if (json) {
    const head = { target: target.name, release: release.version, written };
    process.stdout.write(`${JSON.stringify(deployJson(head, place, survey), null, 2)}\n`);
    return;
  }
  const subject = `${target.name} ${release.version}`;
  const root = place.root === '' ? '/' : place.root;
  if (format !== 'list') {
    const { text, remade, odd } = modesFor(format, subject, survey.files, place.root);
    process.stdout.write(text, 'latin1');
    if (remade > 0) note(`left out: ${remade} files that are written anew, see below`);
    for (const path of odd) note(`left out: ${JSON.stringify(path)}, whose name it cannot hold`);
  } else if (!written) {
    process.stdout.write(survey.files.map(({ path }) => `${place.root}${path}\n`).join(''), 'latin1');
  }
  process.stderr.write(deployText(subject, root, survey), 'latin1');
  if (written) note(`${survey.files.length} files changed`);
  process.stderr.write(AFTERWARDS);
}

/** @param line bytes as latin1 */
function note(line: string): void {
  process.stderr.write(`${line}\n`, 'latin1');
}

function write({ root }: Place, { files }: Survey): void {
  // One by each of its names is one file.
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

/** @throws Problem `unlisted` where a folder could not be read */
function assertWhole({ unread }: Search): void {
  if (unread.length === 0) return;
  const list = unread.map(({ path, message }) => `  ${textOf(path)}: ${message}`).join('\n');
  throw problem('unlisted', { count: unread.length, list });
}
