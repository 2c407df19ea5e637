import { chownSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { problem } from '../problems.ts';
import { onInterrupt } from '../programs/cleanup.ts';
import { makeTemporary } from '../source/disk.ts';
import { sweptName } from '../source/partial.ts';
import type { Bed, Job, Outcome, Policy } from './bed.ts';
import { bedDead, bedUnavailable } from './dead.ts';
import { fixtureList, usualIds } from './fixtures.ts';
import { jobIn } from './job-in.ts';
import { launch } from './launch.ts';
import type { Launched } from './launch.ts';
import { readRecords } from './records.ts';
import { removeTree } from './remove-tree.ts';
import { checkStage, jobEnvironment, stageCommand } from './stage.ts';
import type { Tools } from './tools.ts';

/** SECBIT_EXEC_RESTRICT_FILE of linux/securebits.h. */
const RESTRICT_FILE = 0x100;

/** How beds on this machine differ. */
export interface Kind {
  readonly name: string;
  readonly mechanism: Bed['mechanism'];
  readonly policies: readonly Policy[];
  /** The supervisor's policy; `none` has it watch over the processes only. */
  readonly supervised: (policy: Policy) => string;
  /** Whether a policy restricts files by securebits. */
  readonly restricted: (policy: Policy) => boolean;
}

/** Who runs the beds, where it is not whoever runs this. */
export interface Harness {
  readonly uid: number;
  readonly gid: number;
}

/** What this machine gives to the jobs of its beds. */
export interface Means {
  /** In what stage.c sets the scene: `any` is the first of the others that is available, and never `none`. */
  readonly namespace: 'any' | 'mount' | 'user' | 'none';
  /** Whether jobs can be run as somebody else than who runs the beds. */
  readonly manyUsers: boolean;
}

/** A bed on the running kernel: the supervisor keeps the processes, stage.c makes the fixtures. */
export function localBed(kind: Kind, tools: Tools, harness?: Harness, means = usualMeans(harness)): Bed {
  return {
    name: kind.name,
    mechanism: kind.mechanism,
    policies: kind.policies,
    manyUsers: means.manyUsers,
    namespaces: means.namespace !== 'none',
    run(job) {
      const inFolder = means.namespace === 'none' ? inPlainFolder : inEmptyFolder;
      return inFolder(harness, async (work) => {
        const here = jobIn(job, work);
        const launched = await started(kind.name, launchOf(kind, tools, harness, means, here, work));
        const all = outcome(kind.name, kind.supervised(job.policy), here, launched, dirname(work));
        const opened = all.opened.filter(({ program }) => program !== nameOf(tools.stage));
        return { ...all, opened, folder: work };
      });
    },
  };
}

function usualMeans(harness: Harness | undefined): Means {
  return { namespace: 'any', manyUsers: (harness?.uid ?? process.getuid?.()) === 0 };
}

/** Gives a folder that a file system is mounted on, which goes with its namespace. */
async function inEmptyFolder<T>(
  _harness: Harness | undefined,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = makeTemporary('mayexec-bed-');
  try {
    return await work(folder);
  } finally {
    // The supervisor has done it unless another user ran it.
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Gives a folder that a job's files lie in as they are: what it leaves there is removed, in the end by a later run. */
async function inPlainFolder<T>(
  harness: Harness | undefined,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = makeTemporary(`${sweptName('mayexec-bed')}.`);
  const forget = onInterrupt(() => {
    removeTree(folder);
  });
  try {
    if (harness !== undefined) chownSync(folder, harness.uid, harness.gid);
    return await work(folder);
  } finally {
    removeTree(folder);
    forget();
  }
}

async function started(bed: string, what: Parameters<typeof launch>[0]): Promise<Launched> {
  return launch(what).catch((error: unknown) => {
    if (!(error instanceof Error)) throw error;
    throw problem('bed-missing', { bed, reason: error.message }, error);
  });
}

/** A program's name as the kernel keeps it: TASK_COMM_LEN is 16, with the NUL. */
function nameOf(program: string): string {
  return basename(program).slice(0, 15);
}

function launchOf(
  kind: Kind,
  tools: Tools,
  harness: Harness | undefined,
  means: Means,
  job: Job,
  work: string,
): Parameters<typeof launch>[0] {
  const timeout = job.timeout ?? 20_000;
  const plain = means.namespace === 'none';
  // Where there is one user only, a namespace is what gives it another name.
  const ids = plain && !means.manyUsers ? (): string => idsOf(harness) : usualIds;
  const { namespace } = means;
  const bits = kind.restricted(job.policy) ? RESTRICT_FILE : 0;
  return {
    program: tools.supervisor,
    args: [
      ...['--policy', kind.supervised(job.policy), '--records', '3'],
      ...['--timeout', String(timeout), ...(plain ? [] : ['--remove', work])],
      ...(job.watch === true ? ['--watch'] : []),
      ...(job.sysctlFile === true ? ['--sysctl-file'] : []),
      ...['--', ...stageCommand(job, { stage: tools.stage, work, namespace, ids, bits })],
    ],
    env: jobEnvironment(job, work),
    input: job.input,
    fixtures: fixtureList(job.fixtures ?? [], job.user, ids),
    most: job.most ?? 8 * 1024 * 1024,
    // The supervisor allows itself two seconds to end the tree, and its keeper two for the supervisor.
    timeout: timeout + 6000,
    as: harness,
  };
}

/** UID:GID of whoever runs the beds. */
function idsOf(harness: Harness | undefined): string {
  return `${harness?.uid ?? process.geteuid?.() ?? 0}:${harness?.gid ?? process.getegid?.() ?? 0}`;
}

function outcome(
  bed: string,
  asked: string,
  job: Job,
  launched: Launched,
  temporary: string,
): Omit<Outcome, 'folder'> {
  const { opened, end, unavailable, dead, todo } = readRecords(launched.records, asked);
  if (unavailable) throw bedUnavailable(bed, unavailable);
  if (launched.late) throw bedDead(bed, 'the supervisor hangs');
  if (launched.signal !== undefined) throw bedDead(bed, `${launched.signal} ended the keeper`);
  if (dead !== undefined || end === undefined) throw bedDead(bed, dead ?? 'its records have no end', todo);
  if (launched.status !== end.status)
    throw bedDead(bed, `it reports two statuses: ${String(launched.status)} and ${end.status}`);
  checkStage(bed, job, end.status, launched.stderr.toString(), temporary);
  const { stdout, stderr } = launched;
  return { ended: ended(bed, end.how, launched.flooded), status: end.status, stdout, stderr, opened };
}

function ended(bed: string, how: string, flooded: boolean): Outcome['ended'] {
  if (flooded) return 'flood';
  if (how === 'exit' || how === 'signal' || how === 'timeout') return how;
  throw bedDead(bed, `it was ${how}`);
}
