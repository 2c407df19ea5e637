import type { Edit } from '../../../src/target/contract.js';
import { readHunks } from '../../../src/target/read-hunks.js';
import { commands } from './commands.js';
import { helper } from './helper.js';
import { library } from './library.js';
import { openCode } from './open-code.js';
import { openers } from './openers.js';
import { pathConfiguration } from './path-configuration.js';

/** The hunks of fixed text, and what is worked out from the tree. */
export const edits: readonly Edit[] = [
  ...readHunks('python'),
  ...helper,
  ...openCode,
  ...openers,
  ...library,
  ...pathConfiguration,
  ...commands,
];
