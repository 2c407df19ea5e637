import type { Scenario } from '../../../src/target/scenario.ts';
import { commonScenarios } from '../../../src/target/shapes.ts';
import { smallShellScenarios } from '../../../src/target/small-shells/small-shells.ts';
import { dialect } from '../dialect.ts';
import { voice } from './common.ts';
import { editing } from './editing.ts';
import { entries } from './entries.ts';
import { scripts } from './scripts.ts';

const own: readonly Scenario[] = [...scripts, ...editing, ...entries];

/** What dash opens as code, what becomes of it where that is refused, and what must go on as before. */
export const scenarios: readonly Scenario[] = [
  ...own,
  ...smallShellScenarios(voice, 'almquist', own),
  ...commonScenarios(dialect, own),
];
