import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { outputFiles } from '../formats/folder.ts';
import { lockText } from '../lock/write-lock.ts';
import { packageFolder } from '../package.ts';
import { chosenPatches, makeSeries } from '../pipeline.ts';
import { assertCarried, lockOfBase } from '../scan.ts';
import type { Patched } from '../pipeline.ts';
import { problem, Problem } from '../problems.ts';
import type { ProblemCode } from '../problems.ts';
import { columns } from '../report/terminal.ts';
import { overlay } from '../source/overlay.ts';
import { allReleases } from '../target/find.ts';
import type { Target } from '../target/contract.ts';
import { verifySeries } from '../verify/foreign.ts';
import { sourceOf, subjectOf } from './subject.ts';
import type { Obtained, SourceOptions } from './subject.ts';

/** Made, and not committed: the lock says the same in fewer lines, and the provenance holds the sum of its text. */
const LEDGER = 'ledger.json';

/** What is said of a release that holds. */
interface Row {
  readonly release: string;
  readonly files: number;
  readonly sites: number;
  readonly choices: number;
  readonly tools: string;
}

/** Problems of a machine that has not the source of a release: they say nothing about the release. */
const NO_SOURCE: ReadonlySet<ProblemCode> = new Set(['no-network', 'no-source']);

/**
 * `mayexec verify`: generated/ is what the code makes, byte for byte, and what is decided about each site is what the
 * release's lock says; every allowed choice of optional patches
 * applies with foreign tools at zero offset and reverses; a patched tree gives no edit.
 *
 * If the source of a release is unavailable, this names it and continues with the others.
 *
 * @param names releases, or targets for all of theirs; all that generated/ holds unless given
 * @throws Problem `unverified`, naming what differs; `no-source` or `no-network` if a release that was named with its version
 * has no source here, or if no release was verified
 */
export async function verifyCommand(
  names: readonly string[],
  options: SourceOptions & { readonly json: boolean },
): Promise<void> {
  const rows: Row[] = [];
  const missing: { readonly name: string; readonly why: Problem }[] = [];
  const releases = options.tree === undefined ? await meant(names) : names;
  for (const name of releases) {
    const subject = await sourced(name, options);
    if (subject instanceof Problem) {
      process.stderr.write(`not verified: ${oneLine(subject.message)}\n`);
      missing.push({ name, why: subject });
    } else rows.push(await verified(name, subject));
  }
  report(rows, options.json);
  const needed = missing.find(({ name }) => rows.length === 0 || names.includes(name));
  if (needed !== undefined) throw needed.why;
}

/** The releases that names mean: all with a folder of generated/ where none is named, or a target alone. */
async function meant(names: readonly string[]): Promise<readonly string[]> {
  const committed = (await allReleases()).filter((one) => existsSync(folderOf(one)));
  if (names.length === 0) return committed;
  return names.flatMap((name) => {
    const theirs = committed.filter((one) => one.startsWith(`${name}@`));
    return theirs.length > 0 ? theirs : [name];
  });
}

/** The tree of a release, or why it is not to be had here. */
async function sourced(name: string, options: SourceOptions): Promise<Obtained | Problem> {
  try {
    return await subjectOf(name, options);
  } catch (error) {
    if (error instanceof Problem && NO_SOURCE.has(error.code)) return error;
    throw error;
  }
}

async function verified(name: string, subject: Obtained): Promise<Row> {
  const made = await makeSeries(subject);
  const files = new Map([...outputFiles(made, sourceOf(subject, true))].filter(([file]) => file !== LEDGER));
  compareFolder(folderOf(name), files);
  await compareLock(made);
  const tools = new Set<string>();
  const choices = choicesOf(subject.target);
  for (const roles of choices) for (const tool of await checkChoice(subject, roles)) tools.add(tool);
  return {
    release: name,
    files: files.size,
    sites: made.scanned.decisions.length,
    choices: choices.length,
    tools: [...tools].join(', '),
  };
}

function report(rows: readonly Row[], json: boolean): void {
  const heads = [
    'release',
    'files as committed',
    'sites as locked',
    'choices of patches',
    'applied and reversed by',
  ];
  process.stdout.write(
    json
      ? `${JSON.stringify(rows, null, 2)}\n`
      : columns([heads, ...rows.map((row) => Object.values(row).map(String))]),
  );
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}

function folderOf(name: string): string {
  return join(packageFolder, 'generated', ...name.split('@'));
}

/** What is committed must be what is made: no file other, none more, none less. */
function compareFolder(folder: string, files: ReadonlyMap<string, string>): void {
  const found = existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((one) => one.isFile())
        .map((one) => join(one.parentPath, one.name).slice(folder.length + 1))
    : [];
  const differs = [...new Set([...files.keys(), ...found])].find(
    (name) => !found.includes(name) || readFileSync(join(folder, name), 'latin1') !== files.get(name),
  );
  if (differs === undefined) return;
  const what = !files.has(differs)
    ? 'is not made any more'
    : found.includes(differs)
      ? 'differs from what the code makes'
      : 'is missing';
  throw problem('unverified', { tool: 'generated', message: `${folder}/${differs} ${what}` });
}

/**
 * What is committed as a release's lock must be what is decided about its tree: each site, its rule with what that says,
 * and the text of its function. Patching lets pass what opens no code; this does not.
 */
async function compareLock({ scanned }: Patched): Promise<void> {
  const { target, release } = scanned;
  const [lock] = target.locks.of(release.version);
  const committed = lock === undefined ? [] : lockText(lock).split('\n');
  const made = lockText(lockOfBase(await assertCarried(scanned))).split('\n');
  const index = Array.from({ length: Math.max(made.length, committed.length) }).findIndex(
    (_, line) => made[line] !== committed[line],
  );
  if (index < 0) return;
  const says = (line: string | undefined): string =>
    line === undefined ? 'nothing' : JSON.stringify(line.trim());
  const message =
    `targets/${target.name}/locks/${release.version}.lock:${index + 1} has ${says(committed[index])}, ` +
    `but the tree gives ${says(made[index])}`;
  throw problem('unverified', { tool: 'lock', message });
}

/** Every choice of the roles of optional patches. */
function choicesOf(target: Target): readonly (readonly string[])[] {
  const roles = [...new Set(target.patches.flatMap((patch) => patch.optional ?? []))];
  return roles.reduce<readonly (readonly string[])[]>(
    (choices, role) => choices.flatMap((choice) => [choice, [...choice, role]]),
    [[]],
  );
}

async function checkChoice(subject: Obtained, roles: readonly string[]): Promise<readonly string[]> {
  const made = await makeSeries(subject, { roles });
  const wanted = chosenPatches(subject.target, subject.release, roles).length;
  if (made.series.patches.length !== wanted) {
    const message = `roles ${roles.join(',')}: expected ${wanted} patches, found ${made.series.patches.length}`;
    throw problem('unverified', { tool: 'series', message });
  }
  const judged = await verifySeries(subject.tree, made.series, made.files);
  const again = await makeSeries({ ...subject, tree: overlay(subject.tree, made.files) }, { roles });
  if (again.series.patches.length > 0) {
    const message = `${subject.target.name}@${subject.version}: the kit edits its own patched tree again`;
    throw problem('unverified', { tool: 'series', message });
  }
  return judged.filter((one) => one.result === 'applied').map((one) => one.tool);
}
