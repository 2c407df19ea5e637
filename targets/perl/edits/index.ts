import type { Edit } from '../../../src/target/contract.js';
import { readHunks } from '../../../src/target/read-hunks.js';
import { commands } from './commands.js';
import { debuggerTerminal } from './debugger.js';
import { manifest } from './manifest.js';
import { modules } from './modules.js';
import { news } from './news.js';
import { opener } from './opener.js';
import { script } from './script.js';

/** The hunks of fixed text, and what is worked out from the tree or comes from a template. */
export const edits: readonly Edit[] = [
  ...readHunks('perl'),
  ...opener,
  ...script,
  ...modules,
  ...news,
  ...commands,
  ...debuggerTerminal,
  ...manifest,
];
