import { beforeEach, describe, expect, it } from 'vitest';
import type { Bed, Job } from '../../src/prove/bed.ts';
import { withBeds } from '../../src/prove/beds.ts';
import { problemOf, say } from './bed.ts';
import { cache } from './place.ts';
import { demand, gcc } from '../needs.ts';

beforeEach(() => {
  demand(gcc);
});

/** A bed that takes jobs to the supervisor with something changed, under a name of its own. */
async function changed(
  name: string,
  change: (job: Job, run: Bed['run']) => ReturnType<Bed['run']>,
): Promise<string> {
  const found = await problemOf(() =>
    withBeds({ cache, say }, async ([bed]) => {
      if (!bed) throw new Error('no bed at hand');
      const made: Bed = { ...bed, name, run: (job) => change(job, bed.run.bind(bed)) };
      await withBeds({ cache, say, more: [() => Promise.resolve(made)] }, () => Promise.resolve());
    }),
  );
  return found ? `${found.code}: ${found.message}` : 'alive';
}

describe('a bed', () => {
  it('that refuses nothing is reported dead', async () => {
    expect(await changed('lax', (job, run) => run({ ...job, policy: 0 }))).toBe(
      'bed-dead: test bed lax failed: it refuses nothing (0755: ok, 0644: ok)',
    );
  });

  it('that refuses everything is reported dead', async () => {
    const closed = (job: Job, run: Bed['run']): ReturnType<Bed['run']> =>
      run({
        ...job,
        fixtures: (job.fixtures ?? []).map((one) => (one.kind === 'file' ? { ...one, mode: 0o644 } : one)),
      });
    expect(await changed('strict', closed)).toBe(
      'bed-dead: test bed strict failed: it refuses everything (0755: EACCES, 0644: EACCES)',
    );
  });

  it('that dies while the work is done is found at the end', async () => {
    let works = true;
    const found = await problemOf(() =>
      withBeds({ cache, say }, async ([bed]) => {
        if (!bed) throw new Error('no bed');
        const weak: Bed = {
          ...bed,
          name: 'weak',
          run: (job) => bed.run(works ? job : { ...job, policy: 0 }),
        };
        await withBeds({ cache, say, more: [() => Promise.resolve(weak)] }, (beds) => {
          expect(beds.map(({ name }) => name)).toContain('weak');
          works = false;
          return Promise.resolve();
        });
      }),
    );
    expect(found?.message).toBe('test bed weak failed: it refuses nothing (0755: ok, 0644: ok)');
  });

  it('that gives no answer is reported dead', async () => {
    expect(await changed('mute', (job, run) => run({ ...job, argv: ['/bin/true'] }))).toBe(
      'bed-dead: test bed mute failed: the probe ended with status 0, and gave 0 of 2 answers',
    );
  });
});
