import { spawnSync } from 'node:child_process';
import { testProgram } from './interpreter.ts';
import { programs } from './place.ts';

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
