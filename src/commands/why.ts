import { existsSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { evidenceText } from '../evidence/answers.ts';
import { evidenceOf } from '../evidence/evidence.ts';
import { problem } from '../problems.ts';
import { scan } from '../scan.ts';
import type { Scanned } from '../scan.ts';
import { whyText } from '../report/why.ts';
import { statOf } from '../source/reading.ts';
import { readTree } from '../source/tree.ts';
import { recognised, targetNames } from '../target/find.ts';
import { subjectOf } from './subject.ts';
import type { SourceOptions } from './subject.ts';

/**
 * `mayexec why`: what is known of the opens on a line.
 *
 * @param place `FILE:LINE`, a path, or relative to the tree
 * @param argument the tree or release; without it, the tree that the file lies in
 * @throws Problem `no-site`, naming the nearest sites of the file
 */
export async function whyCommand(
  place: string,
  argument: string | undefined,
  options: SourceOptions & { readonly json: boolean },
): Promise<void> {
  const [, path, digits] = /^(.+?):(\d+)(?::\d+)?$/.exec(place) ?? [];
  if (path === undefined || digits === undefined) {
    throw problem('usage', { message: `${place}: give a place as FILE:LINE, for instance shell.c:1579` });
  }
  const line = Number(digits);
  const top = argument ?? (await treeAround(path));
  const scanned = await scan(await subjectOf(top, options));
  const within =
    statOf(path) !== undefined && statOf(top) !== undefined ? relative(resolve(top), resolve(path)) : path;
  const file = within.split(sep).join('/');
  const sites = scanned.ledger.sites.filter((one) => one.file === file);
  const here = sites.filter((one) => one.line === line);
  const other = othersOn(scanned, file, line);
  if (here.length === 0 && other.length === 0) {
    const nearest = [...sites].sort((a, b) => Math.abs(a.line - line) - Math.abs(b.line - line)).slice(0, 3);
    const text = nearest.map((one) => `${one.file}:${one.line} ${one.text}`).join('; ');
    throw problem('no-site', { place, nearest: text === '' ? 'no site at all' : text });
  }
  const { census, ends, target } = scanned;
  const asked = census.sites.filter((one) => one.file === file && one.line === line);
  const evidence = await evidenceOf({ ...census, sites: asked }, ends.tree, target);
  if (options.json) {
    const found = Object.fromEntries(evidence);
    process.stdout.write(`${JSON.stringify({ sites: here, other, evidence: found }, null, 2)}\n`);
    return;
  }
  for (const site of here) {
    process.stdout.write(whyText(site));
    const found = evidence.get(site.id);
    if (found) process.stdout.write(`  ${'evidence'.padEnd(12)} ${evidenceText(found)}`);
  }
  for (const { text, was } of other)
    process.stdout.write(`${file}:${line}: ${text}: not an open, but a ${was}\n`);
}

/** Hits on a line that are no sites. */
function othersOn(scanned: Scanned, file: string, line: number): readonly { text: string; was: string }[] {
  if (!scanned.tree.has(file)) return [];
  const text = scanned.ends.tree.read(file);
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    const next = text.indexOf('\n', start);
    if (next < 0) return [];
    start = next + 1;
  }
  const newline = text.indexOf('\n', start);
  const end = newline < 0 ? text.length : newline;
  return scanned.census.accounts
    .filter(({ hit, was }) => was !== 'site' && hit.file === file && hit.start >= start && hit.start < end)
    .map(({ hit, was }) => ({ text: text.slice(hit.start, hit.end), was }));
}

async function treeAround(path: string): Promise<string> {
  const start = statOf(path) !== undefined ? dirname(resolve(path)) : process.cwd();
  for (let folder = start; ; folder = dirname(folder)) {
    // A folder of sources is small beside what lies above it, a home or the root, which is not read.
    if (existsSync(resolve(folder, 'configure')) || existsSync(resolve(folder, 'Configure'))) {
      const tree = readTree(folder);
      await recognised(tree);
      return folder;
    }
    if (dirname(folder) === folder) break;
  }
  throw problem('not-a-tree', {
    path: start,
    detail: 'name the release or tree before the place, for instance `mayexec why bash@5.2.15 shell.c:1579`',
    known: targetNames().join(', '),
  });
}
