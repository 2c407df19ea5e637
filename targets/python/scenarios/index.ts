import type { Scenario } from '../../../src/target/scenario.js';
import { interpreter } from './interpreter.js';
import { kept } from './kept.js';
import { library } from './library.js';

/** What CPython opens as code, and what it must open as before. */
export const scenarios: readonly Scenario[] = [...interpreter, ...library, ...kept];
