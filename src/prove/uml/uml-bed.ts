import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Bed, Job } from '../bed.ts';
import { fixtureList, usualIds } from '../fixtures.ts';
import { jobIn } from '../job-in.ts';
import { checkStage, jobEnvironment, stageCommand } from '../stage.ts';
import type { Tools } from '../tools.ts';
import { boot } from './guest.ts';
import type { GuestEnd, GuestPrograms } from './guest.ts';
import type { GuestJob } from './job-text.ts';
import { poolOf } from './pool.ts';

/**
 * A bed whose kernel knows O_MAYEXEC: a User Mode Linux guest, which sees the host's files. Its root is the guest's, so
 * that there are all users, mounts and devices, whoever runs this.
 *
 * Opens are not recorded.
 */
export function umlBed(programs: GuestPrograms, { stage }: Pick<Tools, 'stage'>): Bed {
  const { bed } = programs;
  const pool = poolOf(() => boot(programs), availableParallelism());
  return {
    name: bed,
    mechanism: 'flag',
    policies: [0, 1, 2, 3],
    manyUsers: true,
    namespaces: true,
    async run(job) {
      // A name of one length: paths stand in what is printed.
      const work = `/tmp/mayexec-job-${randomBytes(3).toString('hex')}`;
      const here = jobIn(job, work);
      const end = await pool.lend(async (guest) => guest.run(guestJob(here, stage, work)));
      checkEnd(bed, here, end);
      return { ...end, opened: [], folder: work };
    },
    end: () => pool.stop(),
  };
}

function guestJob(job: Job, stage: string, work: string): GuestJob {
  const { policy, user, timeout = 20_000, most = 8 * 1024 * 1024, input, fixtures = [] } = job;
  return {
    ...{ policy, timeout, most, work, input },
    argv: stageCommand(job, { stage, work, namespace: 'mount', ids: usualIds, bits: 0 }),
    env: jobEnvironment(job, work),
    fixtures: fixtureList(fixtures, user),
  };
}

function checkEnd(bed: string, job: Job, { ended, status, stderr }: GuestEnd): void {
  if (ended === 'exit') checkStage(bed, job, status, stderr.toString(), "the guest's /tmp");
}
