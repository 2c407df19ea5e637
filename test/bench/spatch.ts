import { join } from 'node:path';
import { packageFolder } from '../../src/package.js';
import { timed } from './timed.js';

/** A run of Coccinelle over a tree. */
export interface Rewritten {
  readonly seconds: number;
  /** How many opens it rewrote. */
  readonly sites: number;
}

/** Has spatch rewrite the same opens in the same tree; it prints a diff, as `mayexec patch` does. */
export async function runSpatch(tree: string): Promise<Rewritten> {
  const semanticPatch = join(packageFolder, 'test/bench/equivalent.cocci');
  const { seconds, stdout } = await timed(
    'spatch',
    ['--sp-file', semanticPatch, '--dir', tree, '--no-includes', '--very-quiet'],
    'coccinelle',
  );
  return { seconds, sites: [...stdout.matchAll(/^\+.*\bsh_open_code *\(/gm)].length };
}
