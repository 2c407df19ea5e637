import { spawnSync } from 'node:child_process';
import { kernelSource, UML } from '../../src/commands/uml.ts';
import { compile, sourceOf } from '../../src/prove/compile.ts';
import { boot } from '../../src/prove/uml/guest.ts';
import type { GuestJob } from '../../src/prove/uml/job-text.ts';
import { builtKernel, hasKernels } from '../../src/prove/uml/kernel.ts';
import { openCache } from '../../src/source/cache.ts';
import { quietProgress } from '../../src/source/progress.ts';
import { testProgram } from './interpreter.ts';
import { cache, programs } from './place.ts';

/** One figure of the bench, with what it may not exceed. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'us';
  readonly limit: number;
}

/** O_CLOEXEC, with O_MAYEXEC and without. */
const FLAGGED = '880000';
const PLAIN = '80000';

/**
 * What the supervisor costs: from its start to its end with a command that does nothing, and an open with the flag.
 * Each is the least of several runs, since other work on the machine only ever adds.
 */
export async function measureBeds(): Promise<readonly Figure[]> {
  const { supervisor } = await programs();
  const clock = await testProgram('clock');
  const under = ['--policy', '3', '--'];
  const start = least(20, () => wall(supervisor, [...under, '/bin/true']));
  const open = (flags: string): number =>
    least(5, () => nanoseconds(supervisor, [...under, clock, '2000', flags, '/usr/bin/env']));
  return [
    { name: 'supervisor: start-up', value: start, unit: 'ms', limit: 20 },
    { name: 'supervisor: an open with the flag', value: open(FLAGGED) / 1000, unit: 'us', limit: 150 },
    { name: 'supervisor: an openat2 without it', value: open(PLAIN) / 1000, unit: 'us', limit: 150 },
  ];
}

/**
 * What a guest of the bed `uml` costs: from its start until it has run a command that does nothing and is gone. The least
 * of several runs.
 *
 * @returns nothing where no run has built its kernel
 */
export async function measureGuest(): Promise<readonly Figure[]> {
  const { folder } = openCache();
  if (!hasKernels(folder)) return [];
  const source = await kernelSource({ cache: folder, progress: quietProgress });
  const kernel = await builtKernel(source, folder);
  if (kernel === undefined) return [];
  const pid1 = await compile(sourceOf('uml/pid1'), cache, ['-static']);
  const times: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    const begin = performance.now();
    const guest = await boot({ bed: UML, kernel, pid1 });
    const { status } = await guest.run(NOTHING).finally(() => guest.stop());
    if (status !== 0) throw new Error(`the guest's command ended with status ${status}`);
    times.push(performance.now() - begin);
  }
  return [{ name: 'uml: boot, a command, end', value: Math.min(...times), unit: 'ms', limit: 300 }];
}

/** A job of the guest's that does nothing. */
const NOTHING: GuestJob = {
  ...{ policy: 3, timeout: 20_000, most: 1000, work: '/tmp/mayexec-job-0a1b2c', argv: ['/bin/true'] },
  ...{ env: {}, fixtures: '', input: undefined },
};

function least(rounds: number, measure: () => number): number {
  return Math.min(...Array.from({ length: rounds }, measure));
}

/** In ms. */
function wall(program: string, args: readonly string[]): number {
  const begin = process.hrtime.bigint();
  const { status } = spawnSync(program, args, { stdio: 'ignore' });
  if (status !== 0) throw new Error(`${program} ended with status ${String(status)}`);
  return Number(process.hrtime.bigint() - begin) / 1e6;
}

function nanoseconds(program: string, args: readonly string[]): number {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ended with status ${String(status)}`);
  return Number(stdout);
}
