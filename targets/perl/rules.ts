import type { Rule } from '../../src/target/contract.js';
import { codeRules } from './rules/code.js';
import { extensionRules } from './rules/extensions.js';
import { layerRules } from './rules/layers.js';
import { libraryRules } from './rules/library.js';
import { operatorRules } from './rules/operators.js';

/** What each open of perl is for; the first rule that matches decides, so what is code comes first. */
export const rules: readonly Rule[] = [
  ...codeRules,
  ...operatorRules,
  ...layerRules,
  ...extensionRules,
  ...libraryRules,
];
