import { Problem } from '../../src/problems.js';
import type { Bed, Job, Outcome } from '../../src/prove/bed.js';
import { withBeds } from '../../src/prove/beds.js';
import type { BedOptions } from '../../src/prove/beds.js';
import { notRun } from '../needs.js';
import { cache } from './place.js';

/** Says in one line which bed is not at hand; with MAYEXEC_REQUIRE_TOOLS=1 that is a failure. Root is no tool. */
export function say(line: string): void {
  const [, bed, need] = /^not run: (.*?) is not available on this machine: (.*)$/.exec(line) ?? [];
  if (bed === undefined || need === undefined) process.stderr.write(`${line}\n`);
  else notRun(bed, `a machine where this does not fail: ${need}`);
}

/** Does something in one of the beds; where that is not at hand, says so. */
export async function inBed(
  name: string,
  work: (bed: Bed) => Promise<void>,
  options: Partial<BedOptions> = {},
): Promise<void> {
  await withBeds({ cache, say, ...options }, async (beds) => {
    const bed = beds.find((one) => one.name === name);
    if (bed) await work(bed);
  });
}

/** A job of a shell, as nobody under policy 3 unless said otherwise. */
export function sh(bed: Bed, script: string, more: Partial<Job> = {}): Promise<Outcome> {
  return bed.run({ argv: ['/bin/sh', '-c', script], policy: 3, user: 'nobody', ...more });
}

/** The problem that something ends with; undefined when it ends well. */
export async function problemOf(work: () => Promise<unknown>): Promise<Problem | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}
