import type { Scenario } from '../../../src/target/scenario.ts';
import { commonScenarios } from '../../../src/target/shapes.ts';
import { shellScenarios } from '../../../src/target/shell-shapes.ts';
import { dialect } from '../dialect.ts';
import { refusedFile } from './common.ts';
import { compiled } from './compiled.ts';
import { denied, entries } from './entries.ts';
import { functions } from './functions.ts';
import { kept } from './kept.ts';
import { modules } from './modules.ts';
import { scripts } from './scripts.ts';
import { sourced } from './sourced.ts';
import { startup } from './startup.ts';

const own: readonly Scenario[] = [
  ...scripts,
  ...sourced,
  ...startup,
  ...functions,
  ...compiled,
  ...modules,
  ...kept,
  ...entries,
];

/** What zsh opens as code, what becomes of it where that is refused, and what must go on as before. */
export const scenarios: readonly Scenario[] = [
  ...own,
  ...shellScenarios(
    dialect,
    {
      sourced: (name) => refusedFile(name, 127),
      command: denied('-c'),
      ends: false,
    },
    own,
  ),
  ...commonScenarios(dialect, own),
];
