import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../src/programs/run.ts';
import { build } from './lab.ts';

/** What it costs to open a file, for a process once and for each open. */
export interface Cost {
  /** System calls by name. */
  readonly calls: Readonly<Record<string, number>>;
  /** Instructions of the process itself, the kernel's not counted. */
  readonly instructions: number;
}

/** Cost of the first open of a process and of each later one, through the helper and as it was before. */
export interface Costs {
  readonly helper: { readonly first: Cost; readonly each: Cost };
  readonly plain: { readonly first: Cost; readonly each: Cost };
}

/** Opens that the cost of one is taken from. */
const MANY = 1000;

/**
 * Measures what an open and close of code costs where no policy is set, by counting: system calls with strace,
 * instructions with callgrind. Both count the same on every run, whatever else the machine does.
 */
export async function measureCost(): Promise<Costs> {
  return { helper: await measure('helper'), plain: await measure('plain') };
}

async function measure(way: 'helper' | 'plain'): Promise<{ first: Cost; each: Cost }> {
  const program = await build({ source: 'opens.c', flags: ['-O2'] });
  const run0 = await count(program, way, 0);
  const run1 = await count(program, way, 1);
  const runs = await count(program, way, 1 + MANY);
  return { first: difference(run1, run0, 1), each: difference(runs, run1, MANY) };
}

async function count(program: string, way: string, times: number): Promise<Cost> {
  const folder = mkdtempSync(join(tmpdir(), 'mayexec-cost-'));
  try {
    const log = join(folder, 'strace');
    const command = [program, way, String(times), program];
    const purpose = 'the cost of an open';
    await run('strace', ['-f', '-c', '-U', 'name,calls', '-o', log, ...command], {
      purpose,
      package: 'strace',
    });
    const calls = [...readFileSync(log, 'utf8').matchAll(/^(\w+)\s+(\d+)$/gm)].filter(
      ([, name]) => name !== 'total',
    );
    const callgrind = ['--tool=callgrind', '--callgrind-out-file=/dev/null', ...command];
    const ended = await run('valgrind', callgrind, { purpose, package: 'valgrind' });
    const instructions = Number(/Collected : (\d+)/.exec(ended.stderr.toString())?.[1]);
    return {
      calls: Object.fromEntries(calls.map(([, name = '', number]) => [name, Number(number)])),
      instructions,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function difference(more: Cost, less: Cost, times: number): Cost {
  const calls = Object.entries(more.calls)
    .map(([name, number]) => [name, (number - (less.calls[name] ?? 0)) / times] as const)
    .filter(([, number]) => number !== 0);
  return { calls: Object.fromEntries(calls), instructions: (more.instructions - less.instructions) / times };
}

/** What one open and close of code takes, in us, by what the system asks for. */
export interface CheckCosts {
  readonly nothing: number;
  /** MAYEXEC_CHECK_ALWAYS, and no securebit. */
  readonly always: number;
  /** RESTRICT_FILE, in a process with one thread, and with two: a child makes the check then. */
  readonly restricted: number;
  readonly threaded: number;
}

/** Measures what the kernel's check adds to an open, side by side. */
export async function measureChecks(): Promise<CheckCosts> {
  const time = async (bits: string, threads: number, ...flags: readonly string[]): Promise<number> => {
    const program = await build({ source: 'checked.c', flags: ['-O2', ...flags] });
    const ended = await run(program, [bits, String(threads), String(MANY), program], {
      ...{ purpose: 'the cost of a check', package: 'gcc' },
    });
    if (ended.status !== 0) throw new Error(`checked ${bits}: status ${ended.status}`);
    return Number(ended.stdout.toString()) / 1000;
  };
  return {
    nothing: await time('0', 1),
    always: await time('0', 1, '-DMAYEXEC_CHECK_ALWAYS'),
    restricted: await time('0x100', 1),
    threaded: await time('0x100', 2),
  };
}
