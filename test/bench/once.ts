import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { keptEvidence } from '../../src/commands/kept-evidence.ts';
import { makeSeries } from '../../src/pipeline.ts';
import { discoveryOf } from '../discover/truth.ts';
import { scan } from '../../src/scan.ts';
import type { Subject } from '../../src/scan.ts';
import { openCache } from '../../src/source/cache.ts';
import { readTree } from '../../src/source/tree.ts';
import { recognised } from '../../src/target/find.ts';
import { timed } from './timed.ts';

/** What is measured in a process of its own: nothing is warm, as it is for a user. */
const WORK = { scan, evidence: scanWithEvidence, patch: makeSeries };

/** What `mayexec scan --evidence` does: with nothing kept from an earlier run unless the cache holds it. */
async function scanWithEvidence(subject: Subject): Promise<void> {
  const { census, ends, target } = await scan(subject);
  await keptEvidence(census, ends.tree, target, openCache().folder);
}

/** A piece of work that is measured. */
export type Work = keyof typeof WORK | 'discover';

/** What a process measured of itself, and what it took as a whole. */
export interface Once {
  /** The work alone, after start-up: from the folder's path to the result. */
  readonly seconds: number;
  /** Seconds of processor time that the work took, all threads and the kernel's part: what other programs do hardly counts. */
  readonly processor: number;
  readonly megabytes: number;
  /** From the start of the process to its end. */
  readonly whole: number;
}

const Measured = v.object({ seconds: v.number(), processor: v.number(), megabytes: v.number() });

/** Does the work in this process and prints what it took. */
export async function measureHere(work: string, path: string): Promise<void> {
  if (!(work === 'scan' || work === 'evidence' || work === 'patch' || work === 'discover'))
    throw new Error(`${work} is not measured`);
  const start = performance.now();
  const before = process.cpuUsage();
  if (work === 'discover') await discoveryOf(path);
  else {
    const tree = readTree(path);
    const subject: Subject = { ...(await recognised(tree)), tree };
    await WORK[work](subject);
  }
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  const processor = (user + system) / 1e6;
  // In KiB: getrusage(2).
  const megabytes = (process.resourceUsage().maxRSS * 1024) / 1e6;
  process.stdout.write(JSON.stringify({ seconds, processor, megabytes }));
}

/**
 * Does the work in a new process.
 *
 * @param env beside that of this process
 */
export async function measureOnce(
  work: Work,
  path: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Once> {
  const program = fileURLToPath(new URL('run.js', import.meta.url));
  const { seconds: whole, stdout } = await timed(
    process.execPath,
    [program, '--once', work, path],
    'nodejs',
    {
      env,
    },
  );
  return { ...v.parse(Measured, JSON.parse(stdout)), whole };
}
