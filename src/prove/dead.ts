import { problem } from '../problems.ts';
import type { Problem } from '../problems.ts';
import type { Records } from './records.ts';

const USUAL = 'run it again, and report it if it fails again';

/**
 * A run that does not count, since its bed failed.
 *
 * @param bed its name
 * @param reason what went wrong
 * @param todo what the user can do about it; to try again unless given
 */
export function bedDead(bed: string, reason: string, todo: string = USUAL): Problem {
  return problem('bed-dead', { bed, reason, todo });
}

/**
 * What this machine or place lacks for a bed.
 *
 * @param bed its name
 * @param record what the supervisor wrote of it
 */
export function bedUnavailable(
  bed: string,
  { code, reason, error }: NonNullable<Records['unavailable']>,
): Problem {
  if (code === 'nested') return problem('bed-nested', { bed });
  return problem('bed-missing', { bed, reason: error === undefined ? reason : `${reason} (${error})` });
}
