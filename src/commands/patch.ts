import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makeSeries } from '../pipeline.js';
import type { Authorship, Patched } from '../pipeline.js';
import { problem } from '../problems.js';
import { outputFiles } from '../formats/folder.js';
import { replaceFolder } from '../write/folder.js';
import { writeTree } from '../write/tree.js';
import { columns } from '../report/terminal.js';
import { verifySeries } from '../verify/foreign.js';
import type { Judgement } from '../verify/foreign.js';
import { subjectOf } from './subject.js';
import type { Obtained, SourceOptions } from './subject.js';

/** Options of `mayexec patch`. */
export interface PatchOptions extends SourceOptions, Authorship {
  readonly out?: string | undefined;
  readonly write: boolean;
  readonly verify: boolean;
  readonly json: boolean;
}

interface Row {
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

/**
 * `mayexec patch`: makes the series of each tree or release. Without `--out` and `--write` it is printed, and
 * nothing is written.
 */
export async function patchCommand(names: readonly string[], options: PatchOptions): Promise<void> {
  const rows: Row[] = [];
  for (const name of names) {
    const start = performance.now();
    const subject = await subjectOf(name, options);
    if (options.write) refuseQuilt(subject);
    const patched = await makeSeries(subject, options);
    const judged = options.verify ? await verifySeries(subject.tree, patched.series, patched.files) : [];
    deliver(subject, patched, options);
    rows.push(rowOf(subject, patched, judged, (performance.now() - start) / 1000));
  }
  report(rows, options);
}

function deliver(subject: Obtained, patched: Patched, options: PatchOptions): void {
  const { series } = patched;
  const label = `${subject.target.name} ${subject.version}`;
  if (series.patches.length === 0) {
    process.stderr.write(`${label}: nothing to do, the tree carries every patch of the series\n`);
    return;
  }
  if (options.out !== undefined) {
    const folder = join(options.out, subject.target.name, subject.version);
    replaceFolder(folder, outputFiles(patched, subject.pinned), 'patches/series');
    process.stderr.write(`${label}: ${series.patches.length} patches in ${join(folder, 'patches')}\n`);
  }
  if (options.write) {
    writeTree(subject.path, patched.files);
    process.stderr.write(`${label}: ${patched.files.size} files written in ${subject.path}\n`);
  }
  if (options.out === undefined && !options.write && !options.json) {
    process.stdout.write(series.patches.map((one) => one.text).join(''), 'latin1');
  }
}

function refuseQuilt({ path }: Obtained): void {
  const signs = ['.pc', 'debian/patches/series', 'patches/series'];
  if (signs.some((sign) => existsSync(join(path, sign)))) throw problem('quilt', { path });
}

function rowOf(
  subject: Obtained,
  { scanned, series }: Patched,
  judged: readonly Judgement[],
  seconds: number,
): Row {
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
  if (options.out === undefined && !options.write && !options.verify) return;
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
  const cells = rows.map((one) => Object.values(one).map(String));
  process.stdout.write(columns([heads, ...cells]));
}
