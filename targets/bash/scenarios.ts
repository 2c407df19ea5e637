import type { Scenario } from '../../src/target/scenario.js';
import { bindings } from './scenarios/bindings.js';
import { kept } from './scenarios/kept.js';
import { open } from './scenarios/open.js';
import { scripts } from './scenarios/scripts.js';
import { sourced } from './scenarios/sourced.js';

/** What bash opens as code, what becomes of it where that is refused, and what must go on as before. */
export const scenarios: readonly Scenario[] = [...scripts, ...sourced, ...bindings, ...kept, ...open];
