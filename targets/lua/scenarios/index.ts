import type { Scenario } from '../../../src/target/scenario.ts';
import { commonScenarios } from '../../../src/target/shapes.ts';
import { dialect } from '../dialect.ts';
import { entries } from './entries.ts';
import { files } from './files.ts';
import { kept } from './kept.ts';
import { modules, objects } from './modules.ts';

const own: readonly Scenario[] = [...files, ...modules, ...objects, ...entries, ...kept];

/** What Lua opens as code, what becomes of it where that is refused, and what must go on as before. */
export const scenarios: readonly Scenario[] = [...own, ...commonScenarios(dialect, own)];
