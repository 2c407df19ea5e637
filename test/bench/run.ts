import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { packageFolder } from '../../src/package.js';
import { runWithInterrupts } from '../../src/programs/cleanup.js';
import { columns } from '../../src/report/terminal.js';
import { obtain } from '../../src/source/obtain.js';
import { terminalProgress } from '../../src/source/progress.js';
import { namedRelease } from '../../src/target/find.js';
import { measureHere, measureOnce } from './once.js';
import type { Once } from './once.js';
import { measureBeds } from '../prove/cost.js';
import { measureCost } from '../runtime/cost.js';
import type { Cost } from '../runtime/cost.js';
import { cells, judge } from './rows.js';
import type { Row } from './rows.js';
import { runSpatch } from './spatch.js';
import type { Rewritten } from './spatch.js';

/**
 * Run by `npm run bench`: what the kit takes for bash 5.2.15, beside Coccinelle rewriting the same opens, one run
 * of each after the other. The status is 1 when a limit is missed.
 *
 * Arguments: `--runs N` (5 unless given), `--json`.
 */
const RELEASE = 'bash@5.2.15';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    runs: { type: 'string', default: '5' },
    once: { type: 'boolean', default: false },
  },
});

const Ledger = v.object({ sites: v.array(v.object({ verdict: v.string() })) });

/** How many opens the kit rewrites. */
function markedSites(release: string): number {
  const file = join(packageFolder, 'generated', release.replace('@', '/'), 'ledger.json');
  const { sites } = v.parse(Ledger, JSON.parse(readFileSync(file, 'utf8')));
  return sites.filter(({ verdict }) => verdict === 'mark').length;
}

/** What the beds take. */
async function bedRows(): Promise<Row[]> {
  const figures = await measureBeds();
  return figures.map(({ name, value, unit, limit }) => ({ what: name, values: [value], unit, limit }));
}

/** What the C that opens code costs with no policy, beside a plain open; counted, so one run is enough. */
async function helperRows(): Promise<Row[]> {
  const { helper, plain } = await measureCost();
  const calls = (cost: Cost): number => Object.values(cost.calls).reduce((sum, count) => sum + count, 0);
  const row = (what: string, value: number, unit: Row['unit']): Row => ({ what, values: [value], unit });
  return [
    row('code open and close', calls(helper.each), 'calls'),
    row('plain open and close', calls(plain.each), 'calls'),
    row('first code open and close of a process', calls(helper.first), 'calls'),
    row('code open and close', helper.each.instructions, 'instructions'),
    row('plain open and close', plain.each.instructions, 'instructions'),
    row('code / plain, instructions', helper.each.instructions / plain.each.instructions, 'x'),
  ];
}

async function main(): Promise<number> {
  const named = await namedRelease(RELEASE);
  if (named === undefined) throw new Error(`${RELEASE} is no release`);
  const { path } = await obtain(named.target, named.release, { progress: terminalProgress() });
  const scans: Once[] = [];
  const patches: Once[] = [];
  const others: Rewritten[] = [];
  // In turn, so that whatever else the machine does befalls all alike.
  for (let count = 0; count < Number(values.runs); count += 1) {
    scans.push(await measureOnce('scan', path));
    patches.push(await measureOnce('patch', path));
    others.push(await runSpatch(path));
  }
  const marked = markedSites(RELEASE);
  const missed = others.find(({ sites }) => sites < marked);
  if (missed) throw new Error(`spatch rewrote ${missed.sites} opens, not ${marked}: nothing to compare with`);

  const whole = patches.map((one) => one.whole);
  const rows = [
    { what: 'scan, after start-up', values: scans.map((one) => one.seconds), unit: 's', limit: 0.6 },
    { what: 'patch, after start-up', values: patches.map((one) => one.seconds), unit: 's', limit: 1 },
    { what: 'scan, whole process', values: scans.map((one) => one.whole), unit: 's' },
    { what: 'patch, whole process', values: whole, unit: 's' },
    {
      what: 'peak memory',
      values: [...scans, ...patches].map((one) => one.megabytes),
      unit: 'MB',
      limit: 250,
    },
    { what: 'spatch, whole process', values: others.map((one) => one.seconds), unit: 's' },
    {
      what: 'spatch / patch, whole processes',
      values: others.map((one, index) => one.seconds / (whole[index] ?? NaN)),
      unit: 'x',
      limit: 4,
    },
  ] as const;
  const judged = [...rows, ...(await bedRows()), ...(await helperRows())].map(judge);
  if (values.json) process.stdout.write(`${JSON.stringify(judged, null, 2)}\n`);
  else {
    const heads = [RELEASE, 'median', 'min .. max', 'limit', ''];
    process.stdout.write(columns([heads, ...judged.map(cells)]));
    const [load = 0] = loadavg();
    const cores = availableParallelism();
    // The bench itself keeps one core busy.
    if (load > cores)
      process.stdout.write(`the machine was busy with more: load ${load.toFixed(1)} on ${cores} cores\n`);
  }
  return judged.some(({ miss }) => miss) ? 1 : 0;
}

const [work = '', path = ''] = positionals;
try {
  if (values.once) await measureHere(work, path);
  else process.exitCode = await runWithInterrupts(main);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
