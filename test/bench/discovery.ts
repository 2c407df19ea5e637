import { obtain } from '../../src/source/obtain.ts';
import { terminalProgress } from '../../src/source/progress.ts';
import { namedRelease } from '../../src/target/find.ts';
import { DASH, discoveryOf, markedIn, scoreOf, withDash } from '../discover/truth.ts';
import type { Score } from '../discover/truth.ts';
import { measureOnce } from './once.ts';
import type { Once } from './once.ts';
import type { Row } from './rows.ts';

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
  return [
    { what: 'discover, whole process', values: measured.map((one) => one.whole), unit: 's', limit: SECONDS },
    { what: 'discover, processor', values: measured.map((one) => one.processor), unit: 's' },
    { what: 'discover, memory', values: measured.map((one) => one.megabytes), unit: 'MB', limit: MEGABYTES },
    ...accuracy(scoreOf(discoveryOf(path), await markedIn(name))),
  ];
}

/** How well discovery does with dash, where its source is in the cache. */
export function dashRows(): Row[] {
  const score = withDash((path) => scoreOf(discoveryOf(path), DASH));
  return score === undefined ? [] : accuracy(score);
}

function accuracy({ recall, precision }: Score): Row[] {
  return [
    { what: 'marked sites in the first tenth', values: [100 * recall], unit: '%', least: 100 },
    { what: 'of what is suggested, marked', values: [100 * precision], unit: '%' },
  ];
}
