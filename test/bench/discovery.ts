import { obtain } from '../../src/source/obtain.ts';
import { terminalProgress } from '../../src/source/progress.ts';
import { namedRelease } from '../../src/target/find.ts';
import { discoveryOf, markedIn, RELEASES, scoreOf, wrapperScore, wrappersOf } from '../discover/truth.ts';
import type { Marked, WrapperScore } from '../discover/truth.ts';
import type { Discovery } from '../../src/discover/discover.ts';
import { readTree } from '../../src/source/tree.ts';
import { measureOnce } from './once.ts';
import type { Once } from './once.ts';
import type { Row } from './rows.ts';

/** The releases whose trees discovery is measured on. */
export const DISCOVERED: readonly string[] = RELEASES;

/** How long discovery of a tree may take, in s, and how much memory, in MB. */
const SECONDS = 5;
const MEGABYTES = 300;

/** What discovery of a release's tree takes, as though nothing were known of it, and how well it does. */
export async function measureDiscovery(name: string, runs: number): Promise<Row[]> {
  const known = await namedRelease(name);
  if (known === undefined) throw new Error(`${name} is no release`);
  const { path } = await obtain(known.target, known.release, { progress: terminalProgress() });
  const measured: Once[] = [];
  for (let count = 0; count < runs; count += 1) measured.push(await measureOnce('discover', path));
  const found = await discoveryOf(path);
  return [
    { what: 'discover, whole process', values: measured.map((one) => one.whole), unit: 's', limit: SECONDS },
    { what: 'discover, processor', values: measured.map((one) => one.processor), unit: 's' },
    { what: 'discover, memory', values: measured.map((one) => one.megabytes), unit: 'MB', limit: MEGABYTES },
    ...accuracy(found, await markedIn(name)),
    ...wrapperRows(wrapperScore(found, await wrappersOf(name, readTree(path)))),
  ];
}

function accuracy(found: Discovery, marked: readonly Marked[]): Row[] {
  const { recall, recallAtTop, precision } = scoreOf(found, marked);
  return [
    { what: 'marked sites in the first tenth', values: [100 * recall], unit: '%' },
    { what: 'marked sites in the top (two places for each)', values: [100 * recallAtTop], unit: '%' },
    { what: 'of what is suggested, marked', values: [100 * precision], unit: '%' },
  ];
}

function wrapperRows({ known, missed, precision }: WrapperScore): Row[] {
  if (known === 0) return [];
  return [
    { what: 'known wrappers that are listed', values: [(100 * (known - missed.length)) / known], unit: '%' },
    { what: 'of the wrappers listed, known', values: [100 * precision], unit: '%' },
  ];
}
