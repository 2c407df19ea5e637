import type { Rule } from '../../src/target/contract.js';
import { formatRules } from './rules/formats.js';
import { interpreterRules } from './rules/interpreter.js';
import { libCodeRules } from './rules/lib-code.js';
import { libraryRules } from './rules/library.js';
import { seriesRules } from './rules/series.js';
import { settingRules } from './rules/settings.js';
import { sourceFileRules } from './rules/source-files.js';
import { transferRules } from './rules/transfer.js';

/** What each open of CPython is for; the first rule that matches decides, so what is code comes first. */
export const rules: readonly Rule[] = [
  ...seriesRules,
  ...interpreterRules,
  ...libCodeRules,
  ...settingRules,
  ...sourceFileRules,
  ...formatRules,
  ...transferRules,
  ...libraryRules,
];
