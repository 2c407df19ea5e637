import { problem } from '../problems.js';
import type { Problem } from '../problems.js';

const USUAL = 'run again, and report it if it stays';

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
