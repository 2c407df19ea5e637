import { realpathSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { packageFolder } from '../package.ts';
import { toldLeftOut } from '../target/left-out.ts';
import { makeSeries } from '../pipeline.ts';
import type { Patched, SeriesOptions } from '../pipeline.ts';
import { problem, Problem } from '../problems.ts';
import type { ProblemCode } from '../problems.ts';
import { formatted, outputFiles } from '../formats/folder.ts';
import { FORMATS } from '../formats/forms.ts';
import type { Format } from '../formats/forms.ts';
import { mailbox } from '../formats/mailbox.ts';
import { openCache } from '../source/cache.ts';
import { statOf } from '../source/reading.ts';
import { replaceFolder } from '../write/folder.ts';
import { writeTree } from '../write/tree.ts';
import { breathe } from '../programs/cleanup.ts';
import { columns } from '../report/terminal.ts';
import { visible } from '../target/visible.ts';
import { toldHeld } from '../review/held.ts';
import { verifySeries } from '../verify/foreign.ts';
import type { Judgement } from '../verify/foreign.ts';
import { absences } from './notes.ts';
import { sourceOf, subjectOf } from './subject.ts';
import type { Obtained, SourceOptions } from './subject.ts';

/** Options of `mayexec patch`. */
export interface PatchOptions extends SourceOptions, SeriesOptions {
  readonly out?: string | undefined;
  readonly write: boolean;
  readonly verify: boolean;
  readonly json: boolean;
  readonly format: Format;
  /** Made for each interpreter that the kit knows: whoever asks for that is told what to do next. */
  readonly each?: boolean;
}

/** What is said of a release whose series was made. */
interface Made {
  readonly release: string;
  readonly files: number;
  readonly sites: number;
  readonly marked: number;
  readonly exempt: number;
  readonly policy: number;
  readonly patches: number;
  readonly verified: string;
  readonly seconds: string;
}

/** What is said of one whose series was not made. */
interface NotMade {
  readonly release: string;
  readonly problem: ProblemCode;
  readonly message: string;
}

type Row = Made | NotMade;

/** Problems that the next release would meet as well, or that are no release's. */
const OF_THE_RUN: ReadonlySet<ProblemCode> = new Set([
  'internal',
  'usage',
  'interrupted',
  'disk-full',
  'read-only',
  'no-cache',
  'target-invalid',
]);

/**
 * `mayexec patch`: makes the series of each tree or release. Without `--out` and `--write` it is printed, and
 * nothing is written. Where several are asked for, one that cannot be made is named, and the others go on.
 *
 * @throws Problem `usage` for several that would be printed; what kept the first of them from being made, after all the
 * others; at once where it would keep all of them, or where only one was asked for
 */
export async function patchCommand(names: readonly string[], options: PatchOptions): Promise<void> {
  mindStream(names, options);
  const rows: Row[] = [];
  const problems: Problem[] = [];
  for (const name of names) {
    try {
      rows.push(await patchOne(name, options));
    } catch (error) {
      if (names.length === 1 || !(error instanceof Problem) || OF_THE_RUN.has(error.code)) throw error;
      process.stderr.write(`not made: ${name}: ${error.message}\n  ${error.hint}\n`);
      problems.push(error);
      rows.push({ release: name.replace('@', ' '), problem: error.code, message: error.message });
    }
  }
  report(rows, options);
  const [first] = problems;
  if (first !== undefined) throw first;
}

async function patchOne(name: string, options: PatchOptions): Promise<Made> {
  const start = performance.now();
  const subject = await subjectOf(name, options);
  mindQuilt(subject, options.write);
  if (options.write) mindCache(subject, options);
  const patched = await makeSeries(subject, { ...options, ...dated(options.out) });
  const judged = options.verify ? await verifySeries(subject.tree, patched.series, patched.files) : [];
  // The last moment at which nothing is written.
  await breathe();
  deliver(subject, patched, options);
  return rowOf(subject, patched, judged, (performance.now() - start) / 1000);
}

/** SOURCE_DATE_EPOCH dates what a user makes; what is committed has the release's date, whoever makes it. */
function dated(out: string | undefined): { date?: string } {
  const epoch = process.env['SOURCE_DATE_EPOCH'];
  if (epoch === undefined || epoch === '' || isCommitted(out)) return {};
  // The largest time that a Date holds is 8.64e15 ms (ECMAScript, Time Values).
  if (!/^\d{1,12}$/.test(epoch))
    throw problem('usage', { message: `SOURCE_DATE_EPOCH is seconds, not ${epoch}` });
  return { date: new Date(Number(epoch) * 1000).toISOString().slice(0, 10) };
}

/** Whether a folder is that of the series that come with the kit. */
function isCommitted(out: string | undefined): boolean {
  const committed = join(packageFolder, 'generated');
  return out !== undefined && `${resolve(out)}${sep}`.startsWith(committed + sep);
}

function deliver(subject: Obtained, patched: Patched, options: PatchOptions): void {
  const { series } = patched;
  const label = visible(`${subject.target.name} ${subject.version}`);
  sayHeld(label, patched);
  sayLeftOut(label, patched);
  if (series.patches.length === 0) {
    process.stderr.write(`${label}: nothing to do: the tree has every patch of the series\n`);
    return;
  }
  if (series.patches.some(({ text }) => text.includes('\r\n')))
    process.stderr.write(
      `${label}: some files have CR LF line ends, and so do the patches: use git am --keep-cr, unless core.autocrlf made the line ends\n`,
    );
  if (options.out !== undefined) {
    const folder = join(options.out, subject.target.name, subject.version);
    const patches = FORMATS[options.format];
    const committed = isCommitted(options.out);
    const files = new Map(outputFiles(patched, sourceOf(subject, committed), options.format));
    // What is committed has no ledger: the lock in targets/ says the same in fewer lines.
    if (committed) files.delete('ledger.json');
    replaceFolder(folder, files, join(patches, 'series'));
    process.stderr.write(`${label}: ${series.patches.length} patches in ${visible(join(folder, patches))}\n`);
  }
  if (options.write) {
    writeTree(subject.tree, patched.files);
    process.stderr.write(`${label}: ${patched.files.size} files written in ${visible(subject.path)}\n`);
  }
  if (printed(options)) {
    const stream =
      options.format === 'git'
        ? mailbox(series)
        : series.patches.map((one) => formatted(one, options.format)).join('');
    process.stdout.write(stream, 'latin1');
  }
}

/** Says of a release that has no lock what it was held against, and of any what is not in its tree. */
function sayHeld(label: string, { held }: Patched): void {
  if (!held.locked)
    process.stderr.write(
      `${label}: not a pinned release, so the kit's own tests do not prove it; ${toldHeld(held)}\n`,
    );
  for (const line of absences(label, held)) process.stderr.write(`${line}\n`);
}

/** Names what the series lacks that it has for other trees. */
function sayLeftOut(label: string, { left, series }: Patched): void {
  for (const one of left)
    process.stderr.write(`${label}: patch ${one.patch}: ${visible(toldLeftOut(one))}\n`);
  for (const patch of new Set(left.map((one) => one.patch))) {
    if (!series.patches.some(({ id }) => id === patch))
      process.stderr.write(`${label}: patch ${patch} is not made: all its changes are left out\n`);
  }
}

/** Whether the series itself goes to standard output. */
function printed({ out, write, json }: PatchOptions): boolean {
  return out === undefined && !write && !json;
}

/** What is piped into a tool is the series of one tree, and is numbered only where it is mails. */
function mindStream(names: readonly string[], options: PatchOptions): void {
  if (printed(options) && names.length > 1) {
    const message = `${names.join(', ')}: only the series of one tree can be printed; for several give --out DIR`;
    throw problem('usage', { message });
  }
  if (options.numbered === true && options.format !== 'git')
    throw problem('usage', {
      message: `--numbered numbers mails, but --format ${options.format} makes none: leave one of them out`,
    });
  if (options.numbered === true && options.out === undefined && !printed(options))
    throw problem('usage', {
      message: '--numbered is for patches that are printed or written with --out DIR',
    });
}

/** The cache's trees are what later runs take for the pristine release. */
function mindCache({ path, pinned }: Obtained, options: PatchOptions): void {
  const cache = openCache(options.cache).folder;
  // Either may be reached by a link.
  const lies = statOf(cache) === undefined ? cache : realpathSync.native(cache);
  if (pinned === undefined && !`${realpathSync.native(path)}${sep}`.startsWith(`${lies}${sep}`)) return;
  throw problem('usage', {
    message: `--write takes a tree of your own, but ${path} is in the cache: copy it first, or use --out`,
  });
}

/** Says that a tree is under quilt, and that it is not written into. */
function mindQuilt({ path, quilt }: Obtained, write: boolean): void {
  if (quilt === undefined) return;
  if (write) throw problem('quilt', { path });
  const left = quilt.patches - quilt.applied;
  process.stderr.write(
    `${visible(path)}: under quilt, with ${quilt.patches} patches (${left} of them applied in memory); the series comes after them\n`,
  );
}

function rowOf(
  subject: Obtained,
  { scanned, series }: Patched,
  judged: readonly Judgement[],
  seconds: number,
): Made {
  const count = (verdict: string): number =>
    scanned.ledger.sites.filter((one) => one.verdict === verdict).length;
  const missing = judged.filter((one) => one.result === 'missing').map((one) => `${one.tool} is missing`);
  const applied = judged.filter((one) => one.result === 'applied').map((one) => one.tool);
  return {
    release: `${subject.target.name} ${subject.version}`,
    files: scanned.census.files,
    sites: scanned.census.sites.length,
    marked: count('mark'),
    exempt: count('exempt'),
    policy: count('policy'),
    patches: series.patches.length,
    verified: judged.length === 0 ? '-' : [...applied, ...missing].join(', '),
    seconds: seconds.toFixed(2),
  };
}

function report(rows: readonly Row[], options: PatchOptions): void {
  if (options.json) {
    process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
    return;
  }
  if (printed(options) && !options.verify) return;
  const heads = [
    'release',
    'files',
    'sites',
    'marked',
    'exempt',
    'policy',
    'patches',
    'verified by',
    'seconds',
  ];
  // Beside a series that is printed, the table would be a part of its last patch.
  (printed(options) ? process.stderr : process.stdout).write(columns([heads, ...rows.map(cellsOf)]));
  const made = rows.find((one) => 'files' in one);
  const { each, out } = options;
  if (each === true && out !== undefined && !isCommitted(out) && made !== undefined)
    process.stderr.write(nextSteps(out, made));
}

function cellsOf(row: Row): readonly string[] {
  if ('files' in row) return Object.values(row).map(String);
  return [row.release, '-', '-', '-', '-', '-', '-', `not made: ${row.problem}`, '-'];
}

/** What somebody can do who has made series for the first time. */
function nextSteps(out: string, { release }: Made): string {
  const name = release.replace(' ', '@');
  const folder = join(out, ...release.split(' '));
  const steps = columns([
    [`  npx mayexec scan ${name}`, `lists every open of ${release}, with its verdict`],
    [`  npx mayexec prove ${name}`, 'builds it, stock and patched, and shows what each policy refuses'],
    ['  npx mayexec patch --out DIR TREE', 'makes the same series for a source tree of your own'],
  ]);
  const where = `The patches are in ${join(folder, 'patches')}, and so on.`;
  return `\n${where} ${join(folder, 'ledger.json')} says why, for each open.\nNext:\n${steps}`;
}
