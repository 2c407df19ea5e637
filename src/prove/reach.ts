import { problem } from '../problems.js';
import type { Bed, User } from './bed.js';
import { IDS } from './fixtures.js';
import type { Program } from './scene.js';

/**
 * Makes sure that everybody who is to run a program can: one in somebody's home would fail in each scenario, for a
 * reason that is none of theirs.
 *
 * @throws Problem `bad-path`; what {@link Bed.run} does
 */
export async function checkReach(bed: Bed, program: Program, users: Iterable<User>): Promise<void> {
  const { path, shown } = program;
  if (shown !== undefined) return;
  for (const user of users) {
    const { status } = await bed.run({ argv: ['/usr/bin/test', '-x', path], policy: 0, user });
    if (status === 0) continue;
    const message = `uid ${IDS[user]}, as whom scenarios are run, cannot run it there`;
    throw problem('bad-path', { path, message });
  }
}
