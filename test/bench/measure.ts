import { rmSync } from 'node:fs';
import { makeTemporary } from '../../src/source/disk.ts';
import { obtain } from '../../src/source/obtain.ts';
import { terminalProgress } from '../../src/source/progress.ts';
import { namedRelease } from '../../src/target/find.ts';
import type { Named } from '../../src/target/find.ts';
import type { Compared } from './compared.ts';
import { measureOnce } from './once.ts';
import type { Once } from './once.ts';
import type { Row } from './rows.ts';
import { runSpatch, sourcesInC } from './spatch.ts';
import type { Rewritten } from './spatch.ts';

/** How many opens in C the kit rewrites: those that only call what it rewrites stay as they are. */
function rewrittenInC({ target, release }: Named): number {
  const { locks, rules, language } = target;
  const through = new Set(rules.filter((rule) => rule.through !== undefined).map(({ id }) => id));
  const [lock] = locks.of(release.version);
  if (lock === undefined) throw new Error(`${target.name} ${release.version} has no lock`);
  return lock.rules
    .filter(({ id, verdict }) => verdict === 'mark' && !through.has(id))
    .flatMap(({ sites }) => sites)
    .filter(({ id }) => language(id.slice(0, id.indexOf('#'))) === 'c').length;
}

/** What the kit takes for a release, and Coccinelle for its part in C, one run of each after the other. */
export async function measureRelease(one: Compared, runs: number): Promise<Row[]> {
  const known = await namedRelease(one.release);
  if (known === undefined) throw new Error(`${one.release} is no release`);
  const { path } = await obtain(known.target, known.release, { progress: terminalProgress() });
  const sources = sourcesInC(path, known.target);
  const scans: Once[] = [];
  const followed: Once[] = [];
  const again: Once[] = [];
  const patches: Once[] = [];
  const others: Rewritten[] = [];
  const named: Rewritten[] = [];
  try {
    // In turn, so that whatever else the machine does befalls all alike.
    for (let count = 0; count < runs; count += 1) {
      scans.push(await measureOnce('scan', path));
      const cache = makeTemporary('mayexec-bench-');
      try {
        followed.push(await measureOnce('evidence', path, { MAYEXEC_CACHE: cache }));
        again.push(await measureOnce('evidence', path, { MAYEXEC_CACHE: cache }));
      } finally {
        rmSync(cache, { recursive: true, force: true });
      }
      patches.push(await measureOnce('patch', path));
      if (count < one.runs) others.push(await runSpatch(sources, one, 'every file'));
      named.push(await runSpatch(sources, one, 'files with the names'));
    }
  } finally {
    rmSync(sources, { recursive: true, force: true });
  }
  const wanted = rewrittenInC(known);
  const missed = [...others, ...named].find(({ sites }) => sites < wanted);
  if (missed) throw new Error(`spatch rewrote ${missed.sites} opens, not ${wanted}: nothing to compare with`);
  return rowsOf(one, { scans, followed, again, patches }, others, named);
}

function rowsOf(
  { limits }: Compared,
  {
    scans,
    followed,
    again,
    patches,
  }: Readonly<Record<'scans' | 'followed' | 'again' | 'patches', readonly Once[]>>,
  others: readonly Rewritten[],
  named: readonly Rewritten[],
): Row[] {
  const whole = patches.map((one) => one.whole);
  const megabytes = [...scans, ...followed, ...again, ...patches].map((one) => one.megabytes);
  return [
    { what: 'scan, after start-up', values: scans.map((one) => one.seconds), unit: 's', limit: limits.scan },
    {
      what: 'patch, after start-up',
      values: patches.map((one) => one.seconds),
      unit: 's',
      ...(limits.patch !== undefined && { limit: limits.patch }),
    },
    { what: 'scan, processor', values: scans.map((one) => one.processor), unit: 's' },
    { what: 'patch, processor', values: patches.map((one) => one.processor), unit: 's' },
    {
      what: 'scan with evidence / scan, processor',
      values: followed.map((one, index) => one.processor / (scans[index]?.processor ?? NaN)),
      unit: 'x',
    },
    {
      what: 'the same once more / scan, processor',
      values: again.map((one, index) => one.processor / (scans[index]?.processor ?? NaN)),
      unit: 'x',
      limit: 1.5,
    },
    { what: 'scan, whole process', values: scans.map((one) => one.whole), unit: 's' },
    { what: 'patch, whole process', values: whole, unit: 's' },
    { what: 'peak memory', values: megabytes, unit: 'MB', limit: limits.memory },
    { what: 'spatch on every file, whole process', values: others.map((one) => one.seconds), unit: 's' },
    {
      what: 'spatch on every file / patch, whole processes',
      values: others.map((one, index) => one.seconds / (whole[index] ?? NaN)),
      unit: 'x',
      least: 4,
    },
    {
      what: 'spatch on files with the names, whole process',
      values: named.map((one) => one.seconds),
      unit: 's',
    },
  ];
}
