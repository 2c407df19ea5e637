import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { runWithInterrupts } from '../../src/programs/cleanup.ts';
import { columns } from '../../src/report/terminal.ts';
import { compared } from './compared.ts';
import { measureInterpreter, works } from './interpreters.ts';
import { measureDiscovery, DISCOVERED } from './discovery.ts';
import { measureRelease } from './measure.ts';
import { measureHere } from './once.ts';
import { measureBeds, measureGuest } from '../prove/cost.ts';
import { measureChecks, measureCost } from '../runtime/cost.ts';
import type { Cost } from '../runtime/cost.ts';
import { cells, judge } from './rows.ts';
import type { Judged, Row } from './rows.ts';

/**
 * Run by `npm run bench`: what the kit takes for a release of each interpreter, beside Coccinelle rewriting the same
 * opens; and what the beds and the C of the series take. The status is 1 when a limit is missed.
 *
 * Arguments: releases of the bench (all unless named), `--runs N` (5 unless given), `--json`.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    runs: { type: 'string', default: '5' },
    once: { type: 'boolean', default: false },
  },
});

/** What the beds take. */
async function bedRows(): Promise<Row[]> {
  const figures = [...(await measureBeds()), ...(await measureGuest())];
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

/** What the kernel's check adds to an open: where a securebit asks for it, and in a build that always makes it. */
async function checkRows(): Promise<Row[]> {
  const { nothing, always, restricted, threaded } = await measureChecks();
  const row = (what: string, value: number, unit: Row['unit']): Row => ({ what, values: [value], unit });
  return [
    row('code open and close, no bit set', nothing, 'us'),
    row('built with MAYEXEC_CHECK_ALWAYS, no bit set', always, 'us'),
    row('RESTRICT_FILE, one thread', restricted, 'us'),
    row('RESTRICT_FILE, two threads', threaded, 'us'),
    row('always / none', always / nothing, 'x'),
    row('two threads / one', threaded / restricted, 'x'),
  ];
}

/** Measures one thing after the other, and shows each as soon as it is known. */
async function main(): Promise<number> {
  const unknown = positionals.find((name) => !compared.some(({ release }) => release === name));
  if (unknown !== undefined) throw new Error(`${unknown} is not measured`);
  const chosen = compared.filter(({ release }) => positionals.length === 0 || positionals.includes(release));
  const judged: Judged[] = [];
  for (const one of chosen) judged.push(...show(one.release, await measureRelease(one, Number(values.runs))));
  const discovered = DISCOVERED.filter((name) => positionals.length === 0 || positionals.includes(name));
  for (const release of discovered)
    judged.push(...show(`${release}, discover`, await measureDiscovery(release, Number(values.runs))));
  for (const work of works.filter(({ release }) => chosen.some((one) => one.release === release))) {
    const title = `${work.release} patched, ${work.what}`;
    judged.push(...show(title, await measureInterpreter(work, Number(values.runs))));
  }
  if (positionals.length === 0) {
    judged.push(
      ...show('test beds and C', [...(await bedRows()), ...(await helperRows()), ...(await checkRows())]),
    );
  }
  if (values.json) process.stdout.write(`${JSON.stringify(judged, null, 2)}\n`);
  return judged.some(({ miss }) => miss) ? 1 : 0;
}

function show(title: string, rows: readonly Row[]): Judged[] {
  const judged = rows.map((row) => judge({ ...row, of: title }));
  if (values.json) return judged;
  process.stdout.write(columns([[title, 'median', 'min .. max', 'limit', ''], ...judged.map(cells)]));
  const [load = 0] = loadavg();
  const cores = availableParallelism();
  // The bench itself keeps one core busy.
  if (load > cores)
    process.stdout.write(`the machine was busy with more: load ${load.toFixed(1)} on ${cores} cores\n`);
  process.stdout.write('\n');
  return judged;
}

const [work = '', path = ''] = positionals;
try {
  if (values.once) await measureHere(work, path);
  else process.exitCode = await runWithInterrupts(main);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
