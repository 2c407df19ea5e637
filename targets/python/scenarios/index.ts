import type { Scenario } from '../../../src/target/scenario.js';
import { commonScenarios } from '../../../src/target/shapes.js';
import { dialect } from '../dialect.js';
import { entries } from './entries.js';
import { hooked } from './hooked.js';
import { interpreter } from './interpreter.js';
import { kept } from './kept.js';
import { library } from './library.js';

const own: readonly Scenario[] = [...interpreter, ...entries, ...library, ...hooked, ...kept];

/** What CPython opens as code, and what it must open as before. */
export const scenarios: readonly Scenario[] = [...own, ...commonScenarios(dialect, own)];
