import type { Scenario } from '../../../src/target/scenario.ts';
import { commonScenarios } from '../../../src/target/shapes.ts';
import { shellScenarios } from '../../../src/target/shell-shapes.ts';
import { dialect } from '../dialect.ts';
import { bindings } from './bindings.ts';
import { refusedFile } from './common.ts';
import { denied, entries } from './entries.ts';
import { kept } from './kept.ts';
import { open } from './open.ts';
import { scripts } from './scripts.ts';
import { sourced } from './sourced.ts';

const own: readonly Scenario[] = [...scripts, ...sourced, ...bindings, ...kept, ...entries, ...open];

/** What bash opens as code, what becomes of it where that is refused, and what must go on as before. */
export const scenarios: readonly Scenario[] = [
  ...own,
  ...shellScenarios(
    dialect,
    {
      sourced: (name) => refusedFile(name, 1),
      command: denied('-c'),
      ends: false,
    },
    own,
  ),
  ...commonScenarios(dialect, own),
];
