import { awkScenarios } from '../../../src/target/awk-shapes.ts';
import type { Scenario } from '../../../src/target/scenario.ts';
import { commonScenarios } from '../../../src/target/shapes.ts';
import { dialect } from '../dialect.ts';
import { denied } from './common.ts';
import { entries } from './entries.ts';
import { programs } from './programs.ts';

const own: readonly Scenario[] = [...programs, ...entries];

/** What original-awk opens as code, what becomes of it where that is refused, and what must go on as before. */
export const scenarios: readonly Scenario[] = [
  ...own,
  ...awkScenarios(dialect, denied, own),
  ...commonScenarios(dialect, own),
];
