import type { Scenario } from '../../../src/target/scenario.ts';
import { commonScenarios } from '../../../src/target/shapes.ts';
import { dialect } from '../dialect.ts';
import { entries } from './entries.ts';
import { hooked } from './hooked.ts';
import { interpreter } from './interpreter.ts';
import { kept } from './kept.ts';
import { library } from './library.ts';

const own: readonly Scenario[] = [...interpreter, ...entries, ...library, ...hooked, ...kept];

/** What CPython opens as code, and what it must open as before. */
export const scenarios: readonly Scenario[] = [...own, ...commonScenarios(dialect, own)];
