import { chosenPatches } from '../pipeline.ts';
import { withNamed } from '../deploy/also.ts';
import { followSources, unfollowed } from '../deploy/follow.ts';
import type { Followed } from '../deploy/follow.ts';
import { kindsFor } from '../deploy/file-kinds.ts';
import { namesOf, ownedNames } from '../deploy/names.ts';
import { placeOf } from '../deploy/place.ts';
import type { Place } from '../deploy/place.ts';
import { searchFiles } from '../deploy/search.ts';
import type { Search } from '../deploy/search.ts';
import { identity, surveyOf } from '../deploy/survey.ts';
import type { Survey } from '../deploy/survey.ts';
import { problem } from '../problems.ts';
import { breathe } from '../programs/cleanup.ts';
import { deployJson } from '../report/deploy-json.ts';
import { AFTERWARDS, deployText } from '../report/deploy.ts';
import { MODE_FORMATS, modesFor } from '../report/installed-modes.ts';
import { textOf } from '../source/bytes.ts';
import { allReleases, loadDeployment, namedRelease } from '../target/find.ts';
import { visibleBytes } from '../target/visible.ts';
import type { Named } from '../target/find.ts';
import { flaggedRules } from '../target/flagged.ts';
import { changeModes } from '../write/change-modes.ts';

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
  throw problem('usage', { message: `deploy --format takes one of ${known}, not ${name}` });
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
  /** Whether files get x bits that a guide to hardening forbids. */
  readonly despiteGuides: boolean;
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
 * when the list has been told, and before anything is written; `unnameable` when the rest of the list has been told
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
  const found = searchFiles(place, kindOf);
  const { sources } = deployment;
  const follows = sources?.rules.some((rule) => flagged.has(rule)) === true;
  const search = follows ? await followSources(place, found, sources) : unfollowed(found);
  const survey = surveyOf(search, options.despiteGuides, (files) => namesOf(place, files));
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
  const odd = tell(named, place, search, survey, options);
  assertWhole(search);
  if (odd.length === 0) return;
  const list = odd.map((path) => `  ${JSON.stringify(textOf(path))}`).join('\n');
  throw problem('unnameable', { count: odd.length, format: options.format, list });
}

/** @returns the files whose names the form of the list cannot hold */
function tell(
  { target, release }: Named,
  place: Place,
  search: Followed,
  survey: Survey,
  options: DeployOptions,
): readonly string[] {
  const { format, json, write: written } = options;
  if (json) {
    const head = { target: target.name, release: release.version, written };
    process.stdout.write(`${JSON.stringify(deployJson(head, place, search, survey), null, 2)}\n`);
    return [];
  }
  let odd: readonly string[] = [];
  const subject = `${target.name} ${release.version}`;
  const root = place.root === '' ? '/' : place.root;
  if (format !== 'list') {
    const ownedName = format === 'statoverride' ? ownedNames(place.root) : (path: string): string => path;
    const modes = modesFor(format, subject, survey.files, place.root, ownedName);
    process.stdout.write(modes.text, 'latin1');
    if (modes.remade > 0) note(`left out: ${modes.remade} files that are generated again, see below`);
    odd = modes.odd;
  } else if (!written) {
    const paths = survey.files.map(({ path }) => `${place.root}${path}`);
    odd = paths.filter((path) => path.includes('\n'));
    const told = paths.filter((path) => !path.includes('\n'));
    process.stdout.write(told.map((path) => `${path}\n`).join(''), 'latin1');
  }
  process.stderr.write(deployText(subject, root, search, survey), 'latin1');
  if (written) note(`${survey.files.length} files changed`);
  process.stderr.write(AFTERWARDS);
  return odd;
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
  const list = unread.map(({ path, message }) => `  ${textOf(visibleBytes(path))}: ${message}`).join('\n');
  throw problem('unlisted', { count: unread.length, list });
}
