import type { Edit } from '../../../src/target/contract.ts';
import { readHunks } from '../../../src/target/read-hunks.ts';
import { commands } from './commands.ts';
import { helper } from './helper.ts';
import { library } from './library.ts';
import { openCode } from './open-code.ts';
import { openers } from './openers.ts';
import { pathConfiguration } from './path-configuration.ts';

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
