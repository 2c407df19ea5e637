import { Problem } from '../../src/problems.ts';
import type { Bed, Job, Outcome } from '../../src/prove/bed.ts';
import { withBeds } from '../../src/prove/beds.ts';
import type { BedOptions } from '../../src/prove/beds.ts';
import { demand, gcc, given, partly } from '../needs.ts';
import { cache } from './place.ts';

/** Has the summary name the bed that is not at hand; with MAYEXEC_REQUIRE_TOOLS=1 that is a failure. */
export function say(line: string): void {
  const [, bed, reason] = /^not run: (.*?) is not available on this machine: (.*)$/.exec(line) ?? [];
  if (bed === undefined || reason === undefined) process.stderr.write(`${line}\n`);
  else partly(given(bed, `docs/beds.md has what it needs; here: ${reason}`, false, true));
}

/** Does something in one of the beds; where that is not at hand, the running test is one that is not run. */
export async function inBed(
  name: string,
  work: (bed: Bed) => Promise<void>,
  options: Partial<BedOptions> = {},
): Promise<void> {
  demand(gcc);
  const found = await withBeds({ cache, say, ...options }, async (beds) => {
    const bed = beds.find((one) => one.name === name);
    if (bed) await work(bed);
    return bed !== undefined;
  });
  demand(given(`test bed ${name}`, 'docs/beds.md has what it needs', found));
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
