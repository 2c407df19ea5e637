import type { Bed, Fixture, Job } from '../../src/prove/bed.ts';
import { commandLine } from '../../src/programs/shell.ts';
import { jobOf, onTerminal } from '../../src/prove/scene.ts';
import type { Program } from '../../src/prove/scene.ts';
import type { Scenario, ScenarioFile } from '../../src/target/scenario.ts';
import type { Attempt } from './attempt.ts';

/** What became of an attempt under one of the policies. */
export interface Run {
  readonly attempt: string;
  readonly placement: 'plain' | 'noexec';
  /** `none` is the control: nothing refuses. */
  readonly policy: keyof typeof POLICIES;
  readonly ran: boolean;
  /** What is wrong with that; undefined where it is as it must be. */
  readonly wrong: string | undefined;
  /** What was printed, for whoever looks for the cause. */
  readonly output: string;
}

/** The two securebits, as jobs of a bed are given them. */
const POLICIES = {
  none: { policy: 0, deny: false },
  file: { policy: 3, deny: false },
  interactive: { policy: 0, deny: true },
  both: { policy: 3, deny: true },
} as const;

/** Pauses before what is typed, in seconds: with the next one it is tried again where the control did not run. */
const PAUSES = [0.3, 1, 2.5] as const;

/** Where hostile files lie that a noexec mount keeps from being executed; beside the folder of a scenario. */
const ELSEWHERE = 'elsewhere';

/**
 * Makes one attempt: first where nothing refuses, since what does not run there shows nothing, then under each policy
 * that must refuse it.
 *
 * @param env environment of each run, beside what the attempt itself sets
 */
export async function attack(
  bed: Bed,
  program: Program,
  attempt: Attempt,
  env: Readonly<Record<string, string>> = {},
): Promise<readonly Run[]> {
  const runs: Run[] = [];
  for (const placement of placementsOf(attempt)) {
    const once = async (policy: Run['policy'], pause: number): Promise<Run> => {
      const job = jobFor(attempt, program, placement, { ...POLICIES[policy], pause, env });
      const { stdout, stderr, ended } = await bed.run(job);
      const output = `${stdout.toString('latin1')}${stderr.toString('latin1')}`;
      const ran = output.includes('PWNED');
      // What it did before it was ended is not known.
      const late = ended === 'timeout' ? 'it did not end' : undefined;
      return {
        attempt: attempt.name,
        placement,
        policy,
        ran,
        output,
        wrong: late ?? judged(attempt, policy, ran),
      };
    };
    // A race, or a busy machine, may need another go; the attack then has as much time.
    let goes = 0;
    let control = await once('none', PAUSES[0]);
    while (!control.ran && ++goes < PAUSES.length) control = await once('none', PAUSES[goes] ?? PAUSES[0]);
    runs.push(control);
    if (!control.ran) continue;
    const pause = PAUSES[goes] ?? PAUSES[0];
    for (const policy of policiesOf(attempt)) runs.push(await once(policy, pause));
  }
  return runs;
}

/** Where the files of an attempt lie, one run of each policy for each. */
export function placementsOf({ hostile, placements }: Attempt): readonly Run['placement'][] {
  return hostile === undefined ? ['plain'] : (placements ?? ['plain', 'noexec']);
}

/** The policies that must refuse an attempt; the control is one more run. */
export function policiesOf({ by }: Attempt): readonly Run['policy'][] {
  return by === undefined ? ['both'] : ['both', by];
}

function judged(attempt: Attempt, policy: Run['policy'], ran: boolean): string | undefined {
  if (policy === 'none') return ran ? undefined : 'it does not run where nothing refuses it';
  if (attempt.runs !== undefined)
    return ran ? undefined : `it is refused, and ${attempt.runs} says that it runs`;
  return ran ? 'IT RUNS' : undefined;
}

function jobFor(
  attempt: Attempt,
  program: Program,
  placement: Run['placement'],
  how: {
    readonly policy: 0 | 3;
    readonly deny: boolean;
    readonly pause: number;
    readonly env: Readonly<Record<string, string>>;
  },
): Job {
  const files: Record<string, ScenarioFile> = { 'tmp/': '' };
  for (const [path, text] of Object.entries(attempt.trusted ?? {})) files[path] = { text, mode: 0o755 };
  const hostile = Object.entries(attempt.hostile ?? {});
  for (const [path, text] of hostile) files[path] = { text, mode: 0o644 };
  const scenario: Scenario = {
    ...{ id: attempt.name, what: attempt.name, files, marked: [], plain: [], says: [] },
    argv: ['/bin/sh', '-c', commandOf(attempt, how.pause)],
    env: how.env,
  };
  const job = jobOf(scenario, program, { ...how, placement: 'plain', user: 'nobody' });
  const timeout = (attempt.seconds ?? 10) * 1000;
  const fixtures = job.fixtures ?? [];
  if (placement === 'plain') return { ...job, timeout, fixtures };
  const names = new Map(hostile.map(([path], index) => [`folder/${path}`, index]));
  const noexec: Fixture = { kind: 'noexec', path: ELSEWHERE };
  return {
    ...job,
    timeout,
    fixtures: [noexec, ...fixtures.flatMap((one) => onNoexec(one, names.get(one.path), job.place ?? ''))],
  };
}

/** A hostile file as a link to one on a noexec mount: each has a folder there, in which nothing else is found. */
function onNoexec(fixture: Fixture, index: number | undefined, place: string): readonly Fixture[] {
  if (index === undefined || fixture.kind !== 'file') return [fixture];
  const folder = `${ELSEWHERE}/${index}`;
  const path = `${folder}/${fixture.path.replace(/^.*\//, '')}`;
  return [
    { kind: 'directory', path: folder },
    { ...fixture, path, mode: 0o755 },
    { kind: 'link', path: fixture.path, to: `${place}/${path}` },
  ];
}

/** The command line, on a terminal where something is typed, and what tells that the code ran. */
function commandOf({ run, type }: Attempt, pause: number): string {
  const mark = '[ ! -e mark ] || echo PWNED';
  if (type === undefined) return `${run}\n${mark}`;
  const typing = type.map((text) => `sleep ${pause}; printf %s ${commandLine([text])}`).join('; ');
  const terminal = commandLine(onTerminal(['/bin/sh', '-c', run]));
  return `{ ${typing}; sleep ${2 * pause}; } | ${terminal}\n${mark}`;
}
