import type { Scenario } from '../../../src/target/scenario.js';
import { commonScenarios } from '../../../src/target/shapes.js';
import { dialect } from '../dialect.js';
import { bindings } from './bindings.js';
import { entries } from './entries.js';
import { kept } from './kept.js';
import { open } from './open.js';
import { scripts } from './scripts.js';
import { sourced } from './sourced.js';

const own: readonly Scenario[] = [...scripts, ...sourced, ...bindings, ...kept, ...entries, ...open];

/** What bash opens as code, what becomes of it where that is refused, and what must go on as before. */
export const scenarios: readonly Scenario[] = [...own, ...commonScenarios(dialect, own)];
