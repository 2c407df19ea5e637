import type { Scenario } from '../../../src/target/scenario.ts';
import { commonScenarios } from '../../../src/target/shapes.ts';
import { shellScenarios } from '../../../src/target/shell-shapes.ts';
import { dialect } from '../dialect.ts';
import { applets } from './applets.ts';
import { denied, refusedFile } from './common.ts';
import { entries } from './entries.ts';
import { hush } from './hush.ts';
import { kept } from './kept.ts';
import { scripts } from './scripts.ts';
import { sourced } from './sourced.ts';

const own: readonly Scenario[] = [...scripts, ...sourced, ...kept, ...entries, ...hush, ...applets];

/** What busybox opens as code, what becomes of it where that is refused, and what must go on as before. */
export const scenarios: readonly Scenario[] = [
  ...own,
  ...shellScenarios(
    dialect,
    {
      sourced: (name) => refusedFile(name, 2),
      command: denied('-c', 2),
      ends: true,
    },
    own,
  ),
  ...commonScenarios(dialect, own),
];
