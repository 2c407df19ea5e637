import type { Edit } from '../../../src/target/contract.ts';
import { readHunks } from '../../../src/target/read-hunks.ts';
import { commands } from './commands.ts';
import { debuggerTerminal } from './debugger.ts';
import { manifest } from './manifest.ts';
import { modules } from './modules.ts';
import { news } from './news.ts';
import { opener } from './opener.ts';
import { script } from './script.ts';

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
