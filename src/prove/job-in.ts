import type { Fixture, Job } from './bed.ts';

/**
 * A job whose texts name the folder that it runs in.
 *
 * @param folder absolute path of the job's folder, as the job sees it
 */
export function jobIn(job: Job, folder: string): Job {
  const { place } = job;
  if (place === undefined) return job;
  const fill = (text: string): string => text.replaceAll(place, folder);
  const [program, ...rest] = job.argv;
  const env = Object.entries(job.env ?? {}).map(([name, value]) => [name, fill(value)] as const);
  return {
    ...job,
    argv: [fill(program), ...rest.map(fill)],
    env: Object.fromEntries(env),
    fixtures: (job.fixtures ?? []).map((one) => filled(one, fill)),
  };
}

function filled(fixture: Fixture, fill: (text: string) => string): Fixture {
  if (fixture.kind === 'link') return { ...fixture, to: fill(fixture.to) };
  if (fixture.kind === 'file' && fixture.text !== undefined) return { ...fixture, text: fill(fixture.text) };
  return fixture;
}
