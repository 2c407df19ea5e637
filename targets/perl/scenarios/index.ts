import type { Scenario } from '../../../src/target/scenario.js';
import { commonScenarios } from '../../../src/target/shapes.js';
import { dialect } from '../dialect.js';
import { commands } from './commands.js';
import { debugging } from './debugging.js';
import { descriptors } from './descriptors.js';
import { entries } from './entries.js';
import { environment } from './environment.js';
import { kept } from './kept.js';
import { modules } from './modules.js';
import { scripts } from './scripts.js';

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
