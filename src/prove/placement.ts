import type { Placement } from '../target/scenario.ts';
import type { Bed, Policy, User } from './bed.ts';

/** The two bits of `fs.open_mayexec_enforce`. AT_EXECVE_CHECK judges by both, always. */
const MOUNT = 1;
const FILE = 2;

/** Placements that are tried unless a scenario names others. */
export const USUAL_PLACEMENTS: readonly Placement[] = ['executable', 'plain', 'noexec'];

/** The mode of a file of code. */
export const MODES: Readonly<Record<Placement, number>> = {
  executable: 0o755,
  plain: 0o644,
  owner: 0o744,
  noexec: 0o755,
};

/**
 * Whether a bed refuses a regular file of a placement; the table of the beds shows it for each of them.
 *
 * @param mechanism `none` refuses nothing; the check of an open file makes no difference between the bits
 */
export function refuses(
  mechanism: Bed['mechanism'],
  policy: Policy,
  placement: Placement,
  user: User,
): boolean {
  if (mechanism === 'none') return false;
  switch (placement) {
    case 'executable':
      return false;
    case 'plain':
      return (policy & FILE) !== 0;
    case 'noexec':
      return (policy & MOUNT) !== 0;
    case 'owner':
      return user === 'nobody' && (policy & FILE) !== 0;
  }
}

/** Whether a bed refuses what is no regular file: a pipe, a terminal, a device. */
export function refusesIrregular(mechanism: Bed['mechanism'], policy: Policy): boolean {
  return mechanism !== 'none' && policy !== 0;
}
