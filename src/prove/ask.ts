import type { Bed, Fixture, Policy, User } from './bed.ts';
import { bedDead } from './dead.ts';

/** One open that the probe is to make. */
export interface Question {
  /** Without white space. */
  readonly id: string;
  /** `open` does what the bed's mechanism asks for; `openat` passes the flag where it means nothing. */
  readonly call: 'open' | 'openat';
  /** Of open(2), without O_MAYEXEC. */
  readonly flags: number;
  /** Put at descriptor 9 first: a pipe, a memfd, or a file by its path. */
  readonly hold?: string;
  readonly path: string;
}

/**
 * Has the probe make opens in a bed, all in one process.
 *
 * @param probe path of the compiled probe
 * @returns by question: `ok`, `other` (not the file that it should be), `leaks` (close-on-exec was lost), or an
 * errno's name
 * @throws Problem `bed-dead` when the probe did not answer; what the bed throws
 */
export async function ask(
  bed: Bed,
  probe: string,
  what: {
    readonly policy: Policy;
    readonly user: User;
    readonly fixtures: readonly Fixture[];
    readonly questions: readonly Question[];
  },
): Promise<ReadonlyMap<string, string>> {
  const outcome = await bed.run({
    // Copied to the job's folder, since its own may be in a place that the job's user cannot reach.
    argv: ['./probe', bed.mechanism === 'check' ? 'check' : 'flag'],
    fixtures: [{ kind: 'copy', path: 'probe', mode: 0o755, from: probe }, ...what.fixtures],
    policy: what.policy,
    user: what.user,
    input: what.questions.map(line).join(''),
  });
  const answers = new Map<string, string>();
  for (const [, id, answer] of outcome.stdout.toString().matchAll(/^(\S+) (\S+)$/gm)) {
    if (id !== undefined && answer !== undefined) answers.set(id, answer);
  }
  if (outcome.status !== 0 || answers.size !== what.questions.length) {
    const reason = `the probe ended with status ${outcome.status}, and gave ${answers.size} of ${what.questions.length} answers`;
    throw bedDead(bed.name, reason);
  }
  return answers;
}

function line({ id, call, flags, hold, path }: Question): string {
  return `${id} ${call} ${flags.toString(16)} ${hold ?? '-'} ${path}\n`;
}
