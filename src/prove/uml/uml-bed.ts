import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Bed, Job } from '../bed.ts';
import { fixtureList, usualIds } from '../fixtures.ts';
import { jobIn } from '../job-in.ts';
import { checkStage, jobEnvironment, stageCommand } from '../stage.ts';
import type { Tools } from '../tools.ts';
import { bedDead } from '../dead.ts';
import { boot, GuestLost } from './guest.ts';
import type { GuestEnd, GuestPrograms } from './guest.ts';
import type { GuestJob } from './job-text.ts';
import { poolOf } from './pool.ts';

/** Guests for each core: one waits while what runs in it does. */
const GUESTS = 2;

/**
 * A bed whose kernel knows O_MAYEXEC: a User Mode Linux guest, which sees the host's files. Its root is the guest's, so
 * that there are all users, mounts and devices, whoever runs this.
 *
 * Opens are not recorded. A job whose guest hangs is run once more, in a guest of its own.
 *
 * @param say told in a line of a guest that hangs
 */
export function umlBed(
  programs: GuestPrograms,
  { stage }: Pick<Tools, 'stage'>,
  say: (line: string) => void = () => undefined,
): Bed {
  const { bed } = programs;
  const pool = poolOf(
    () => boot(programs),
    GUESTS * availableParallelism(),
    () => {
      say(`test bed ${bed}: a guest hangs or panics; its job is run again, in another`);
    },
  );
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
      const end = await endOf(bed, job, () => pool.lend((guest) => guest.run(guestJob(here, stage, work))));
      checkEnd(bed, here, end);
      return { ...end, opened: [], folder: work };
    },
    end: () => pool.stop(),
  };
}

/** @throws Problem `bed-dead` that names the job in which one guest after the other hangs or panics */
async function endOf(bed: string, { argv }: Job, run: () => Promise<GuestEnd>): Promise<GuestEnd> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof GuestLost)) throw error;
    const job = `in the job ${argv.join(' ')}`;
    throw bedDead(
      bed,
      `two guests hang or panic, one after the other, ${job}; of the second: ${error.message}`,
    );
  }
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
