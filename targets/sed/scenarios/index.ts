import type { Scenario } from '../../../src/target/scenario.ts';
import { commonScenarios } from '../../../src/target/shapes.ts';
import { dialect } from '../dialect.ts';
import { entries } from './entries.ts';
import { kept } from './kept.ts';
import { programs } from './programs.ts';

/** Another root has no /dev/null to write to, so there a script only edits. */
const inAnotherRoot = commonScenarios(
  { ...dialect, hello: (name) => `s/.*/${name}/\ns/$/ ran/\nq\n` },
  [],
).filter(({ id }) => id === 'chroot');

const own: readonly Scenario[] = [...programs, ...entries, ...kept, ...inAnotherRoot];

/** What sed opens as code, what becomes of it where that is refused, and what must go on as before. */
export const scenarios: readonly Scenario[] = [...own, ...commonScenarios(dialect, own)];
