import type { Bed, Fixture, Job } from '../../src/prove/bed.js';
import { jobOf } from '../../src/prove/scene.js';
import type { Program } from '../../src/prove/scene.js';
import type { Scenario, ScenarioFile } from '../../src/target/scenario.js';
import type { Attempt } from './attempt.js';

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

/** Pauses before what is typed, in seconds: the next one is tried where the control did not run. */
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
  const placements =
    attempt.hostile === undefined
      ? (['plain'] as const)
      : (attempt.placements ?? (['plain', 'noexec'] as const));
  const runs: Run[] = [];
  for (const placement of placements) {
    const once = async (policy: Run['policy'], pause: number): Promise<Run> => {
      const job = jobFor(attempt, program, placement, { ...POLICIES[policy], pause, env });
      const { stdout, stderr, ended } = await bed.run(job);
      const output = `${stdout.toString('latin1')}${stderr.toString('latin1')}`;
      const ran = output.includes('PWNED');
      const late = policy === 'none' && ended === 'timeout' ? 'it did not end' : undefined;
      return {
        attempt: attempt.name,
        placement,
        policy,
        ran,
        output,
        wrong: late ?? judged(attempt, policy, ran),
      };
    };
    let control: Run | undefined;
    let pause = PAUSES[0] as number;
    for (pause of attempt.type === undefined ? [0] : PAUSES) {
      control = await once('none', pause);
      if (control.ran) break;
    }
    if (control === undefined) continue;
    runs.push(control);
    if (!control.ran) continue;
    for (const policy of policiesOf(attempt)) runs.push(await once(policy, pause));
  }
  return runs;
}

function policiesOf({ by }: Attempt): readonly Run['policy'][] {
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
  const elsewhere: Fixture[] = [];
  for (const [path, text] of Object.entries(attempt.trusted ?? {})) files[path] = { text, mode: 0o755 };
  Object.entries(attempt.hostile ?? {}).forEach(([path, text], index) => {
    if (placement === 'plain') files[path] = { text, mode: 0o644 };
    else {
      // A file of each's own folder: what looks at a link's target for more files finds none.
      const to = `${ELSEWHERE}/${index}/${path.replace(/^.*\//, '')}`;
      files[path] = { link: `{folder}/../${to}` };
      elsewhere.push({ kind: 'directory', path: `${ELSEWHERE}/${index}` });
      elsewhere.push({ kind: 'file', path: to, text, mode: 0o755 });
    }
  });
  const scenario: Scenario = {
    ...{ id: attempt.name, what: attempt.name, files, marked: [], plain: [], says: [] },
    argv: ['/bin/sh', '-c', commandOf(attempt, how.pause)],
    env: how.env,
  };
  const job = jobOf(scenario, program, { ...how, placement: 'plain', user: 'nobody' });
  const fixtures = [...(job.fixtures ?? []), { kind: 'noexec' as const, path: ELSEWHERE }, ...elsewhere];
  return {
    ...job,
    timeout: (attempt.seconds ?? 10) * 1000,
    fixtures: fixtures.map((one) => filled(one, job)),
  };
}

/** Texts of hostile files name the folder as those of a scenario do. */
function filled(fixture: Fixture, { place = '' }: Job): Fixture {
  if (fixture.kind !== 'file' || fixture.text === undefined) return fixture;
  return { ...fixture, text: fixture.text.replaceAll('{folder}', `${place}/folder`) };
}

/** The command line, on a terminal where something is typed, and what tells that the code ran. */
function commandOf({ run, type }: Attempt, pause: number): string {
  const mark = '[ ! -e mark ] || echo PWNED';
  if (type === undefined) return `${run}\n${mark}`;
  const typing = type.map((text) => `sleep ${pause}; printf %s ${quoted(text)}`).join('; ');
  const terminal = `script --quiet --return --command ${quoted(run)} /dev/null`;
  return `{ ${typing}; sleep ${2 * pause}; } | ${terminal}\n${mark}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
