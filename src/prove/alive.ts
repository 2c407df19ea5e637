import { problem } from '../problems.ts';
import type { Bed } from './bed.ts';
import { ask } from './ask.ts';
import type { Question } from './ask.ts';
import { bedDead } from './dead.ts';

const CLOEXEC = 0o2000000;

/** One file that may be executed and one that may not. */
const QUESTIONS: readonly Question[] = [
  { id: 'may', call: 'open', flags: CLOEXEC, path: 'may' },
  { id: 'may-not', call: 'open', flags: CLOEXEC, path: 'may-not' },
];

const ANSWERS: Readonly<Record<Bed['mechanism'], readonly [string, string]>> = {
  flag: ['ok', 'EACCES'],
  check: ['ok', 'EACCES'],
  none: ['EINVAL', 'EINVAL'],
};

/**
 * Makes sure that a bed tells a file that may be executed from one that may not, the stock kernel's that it knows
 * no flag. Without this, a bed that refuses nothing, or everything, looks like a pass for half of the scenarios.
 *
 * @param probe path of the compiled probe
 * @throws Problem `bed-dead`, and `bed-missing` for a stock kernel's bed where the kernel is none
 */
export async function checkAlive(bed: Bed, probe: string): Promise<void> {
  const fixtures = [
    { kind: 'file', path: 'may', mode: 0o755 },
    { kind: 'file', path: 'may-not', mode: 0o644 },
  ] as const;
  const answers = await ask(bed, probe, { policy: 3, user: 'nobody', fixtures, questions: QUESTIONS });
  const [may, mayNot] = [answers.get('may'), answers.get('may-not')];
  const [wanted, refused] = ANSWERS[bed.mechanism];
  if (may === wanted && mayNot === refused) return;
  const seen = `0755: ${may ?? 'no answer'}, 0644: ${mayNot ?? 'no answer'}`;
  // A kernel with the flag, or a supervisor around all of this: no stock kernel is available.
  if (bed.mechanism === 'none')
    throw problem('bed-missing', { bed: bed.name, reason: `the kernel is not a stock kernel (${seen})` });
  throw bedDead(bed.name, `${verdict(may, mayNot)} (${seen})`, todo(bed.mechanism, may, mayNot));
}

function verdict(may: string | undefined, mayNot: string | undefined): string {
  if (mayNot === 'ok' && may === 'ok') return 'it refuses nothing';
  if (may === 'EACCES' && mayNot === 'EACCES') return 'it refuses everything';
  return 'its answers are unexpected';
}

/** Nothing of the bed's own answers `EPERM` or `ENOSYS`: something in front of the kernel does. */
function todo(mechanism: Bed['mechanism'], ...answers: readonly (string | undefined)[]): string | undefined {
  if (!answers.every((answer) => answer === 'EPERM' || answer === 'ENOSYS')) return undefined;
  const call = mechanism === 'check' ? 'execveat' : 'openat2';
  return `allow ${call} in the seccomp filter of the container or service manager, which may answer it, or run this outside`;
}
