import type { Scenario } from '../../../src/target/scenario.ts';
import { commonScenarios } from '../../../src/target/shapes.ts';
import { dialect } from '../dialect.ts';
import { commands } from './commands.ts';
import { debugging } from './debugging.ts';
import { descriptors } from './descriptors.ts';
import { entries } from './entries.ts';
import { environment } from './environment.ts';
import { kept } from './kept.ts';
import { modules } from './modules.ts';
import { scripts } from './scripts.ts';

const own: readonly Scenario[] = [
  ...scripts,
  ...commands,
  ...modules,
  ...debugging,
  ...kept,
  ...descriptors,
  ...entries,
  ...environment,
];

/** What perl opens as code, and what it must open as before. */
export const scenarios: readonly Scenario[] = [...own, ...commonScenarios(dialect, own)];
