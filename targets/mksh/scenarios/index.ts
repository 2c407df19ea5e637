import type { Scenario } from '../../../src/target/scenario.ts';
import { commonScenarios } from '../../../src/target/shapes.ts';
import { smallShellScenarios } from '../../../src/target/small-shells/small-shells.ts';
import { dialect } from '../dialect.ts';
import { voice } from './common.ts';
import { entries } from './entries.ts';
import { scripts } from './scripts.ts';
import { sourced } from './sourced.ts';

const own: readonly Scenario[] = [...scripts, ...sourced, ...entries];

/** What mksh opens as code, what becomes of it where that is refused, and what must go on as before. */
export const scenarios: readonly Scenario[] = [
  ...own,
  ...smallShellScenarios(voice, 'korn', own),
  ...commonScenarios(dialect, own),
];
