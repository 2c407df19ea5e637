import { problem } from '../problems.ts';
import type { Job, User } from './bed.ts';
import { bedDead } from './dead.ts';

/** SECBIT_EXEC_DENY_INTERACTIVE of linux/securebits.h. */
const DENY_INTERACTIVE = 0x400;

/** Where the stage finds the list of fixtures: a descriptor. */
export const FIXTURES = 4;

/** What the stage is told, beside the job. */
export interface Staging {
  /** Path of the compiled stage.c. */
  readonly stage: string;
  /** The job's folder. */
  readonly work: string;
  readonly namespace: 'any' | 'mount' | 'user' | 'none';
  /** Gives UID:GID of a user. */
  readonly ids: (user: User) => string;
  /** Securebits, beside the one that the job asks for. */
  readonly bits: number;
}

/** The command that sets a job's scene and then becomes the job's program; see stage.c. */
export function stageCommand(
  { argv, user, denyInteractive }: Job,
  { stage, work, namespace, ids, bits }: Staging,
): readonly string[] {
  const all = bits | (denyInteractive === true ? DENY_INTERACTIVE : 0);
  return [
    ...[stage, '--work', work, '--fixtures', String(FIXTURES), '--user', ids(user)],
    ...['--namespace', namespace],
    ...(user === 'bare-root' ? ['--no-capabilities'] : []),
    ...(all === 0 ? [] : ['--securebits', String(all)]),
    ...['--', ...argv],
  ];
}

/** The environment of a job, whose folder is its home. */
export function jobEnvironment(job: Job, work: string): Readonly<Record<string, string | undefined>> {
  return { PATH: process.env['PATH'], HOME: work, LC_ALL: 'C.UTF-8', TZ: 'UTC', ...job.env };
}

/**
 * Tells what the stage says before the job's program runs from what that program says; statuses as env(1) has them.
 *
 * @param temporary where the fixtures lie
 * @throws Problem `bed-missing`, `bed-dead`, `disk-full` where the scene could not be set, `bad-path` where the program
 * cannot be run
 */
export function checkStage(bed: string, job: Job, status: number, stderr: string, temporary: string): void {
  const [program] = job.argv;
  if (status === 125) {
    const [, kind, reason] = /^stage: (unavailable|failed): (.*)$/m.exec(stderr) ?? [];
    // A limit on namespaces is told by the same words.
    if (kind === 'failed' && reason?.endsWith(': No space left on device') === true)
      throw problem('disk-full', { path: temporary });
    if (reason !== undefined)
      throw kind === 'unavailable' ? problem('bed-missing', { bed, reason }) : bedDead(bed, reason);
  }
  const cannot = `stage: cannot run ${program}: `;
  if ((status === 126 || status === 127) && stderr.startsWith(cannot)) {
    const message = `cannot be run: ${stderr.slice(cannot.length).trim()}`;
    throw problem('bad-path', { path: program, message });
  }
}
