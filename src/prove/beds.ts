import { Problem, problem } from '../problems.ts';
import { checkAlive } from './alive.ts';
import type { Bed } from './bed.ts';
import { checkInterpreters } from './controls.ts';
import type { Interpreters } from './controls.ts';
import { bedKinds } from './kinds.ts';
import { localBed } from './local.ts';
import { withHarness } from './harness.ts';
import type { Harness } from './local.ts';
import { findMeans } from './means.ts';
import type { Found } from './means.ts';
import { tools } from './tools.ts';
import type { Tools } from './tools.ts';

/** What beds are started with. */
export interface BedOptions {
  /** Folder where the beds' programs are kept from one run to the next. */
  readonly cache: string;
  /** The beds to start, by name; all unless given. */
  readonly only?: readonly string[] | undefined;
  /** Beds that must be available, `all` of them or by name; the others may be missing. */
  readonly require?: 'all' | readonly string[] | undefined;
  /** Told in one line of each bed that is not available, and why. */
  readonly say: (line: string) => void;
  /** Who runs the beds; unless given whoever runs this, or the user that it can see into. */
  readonly harness?: Harness;
  /** Beds from elsewhere, made with the same programs: a kernel of one's own. */
  readonly more?: readonly ((tools: Tools) => Promise<Bed>)[];
  /** Real interpreters to try in every bed first. */
  readonly interpreters?: Interpreters;
}

/**
 * Starts the beds that this machine has, makes sure that each one holds, does the work in them and makes sure
 * once more: the negative controls are part of every run.
 *
 * @throws Problem `bed-missing` or `bed-nested` for a bed that is required, `bed-dead` for one that refuses
 * nothing or everything or lets a control fail, `refused` when an interpreter does; what `work` throws
 */
export async function withBeds<T>(
  options: BedOptions,
  work: (beds: readonly Bed[], tools: Tools, means: Found) => Promise<T>,
): Promise<T> {
  const compiled = await tools(options.cache);
  return withHarness(options.harness, compiled, async (harness, programs) => {
    const means = await findMeans(programs, harness);
    const beds: Bed[] = [];
    try {
      for (const make of makers(options, harness, programs, means)) {
        const bed = await start(make, programs, options);
        if (bed) beds.push(bed);
      }
      requireNames(options, beds);
      if (options.interpreters) await checkInterpreters(beds, options.interpreters);
      const result = await work(beds, programs, means);
      for (const bed of beds) await checkAlive(bed, programs.probe);
      return result;
    } finally {
      for (const bed of beds) await bed.end?.();
    }
  });
}

interface Maker {
  readonly make: () => Promise<Bed>;
}

function makers(
  options: BedOptions,
  harness: Harness | undefined,
  programs: Tools,
  means: Found,
): readonly Maker[] {
  return [
    ...bedKinds
      .filter(({ name }) => options.only?.includes(name) !== false)
      .map((kind) => ({ make: () => Promise.resolve(localBed(kind, programs, harness, means)) })),
    ...(options.more ?? []).map((more) => ({ make: () => more(programs) })),
  ];
}

/** A bed that the machine does not have is no failure unless it is required. */
async function start({ make }: Maker, programs: Tools, options: BedOptions): Promise<Bed | undefined> {
  try {
    const bed = await make();
    try {
      await checkAlive(bed, programs.probe);
    } catch (error) {
      await bed.end?.();
      throw error;
    }
    return bed;
  } catch (error) {
    if (!(error instanceof Problem) || (error.code !== 'bed-missing' && error.code !== 'bed-nested'))
      throw error;
    const name = String(error.details['bed']);
    if (options.require === 'all' || options.require?.includes(name) === true) throw error;
    options.say(`not run: ${error.message}`);
    return undefined;
  }
}

function requireNames(options: BedOptions, beds: readonly Bed[]): void {
  if (options.require === undefined || options.require === 'all') return;
  const unknown = options.require.find((name) => !beds.some((bed) => bed.name === name));
  if (unknown !== undefined) throw problem('bed-missing', { bed: unknown, reason: 'no such bed' });
}
