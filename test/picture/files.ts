import { join } from 'node:path';
import { packageFolder } from '../../src/package.ts';

/** The picture of a refusal in the README. */
export const picture = join(packageFolder, 'docs', 'refusal.svg');

/** What it is made of. */
export const recording = join(packageFolder, 'test', 'picture', 'recorded.json');

/** What is read out where the picture cannot be seen. */
export const TITLE =
  'Stock Bash runs a script that lacks execute permission. Patched Bash prints: Permission denied.';
