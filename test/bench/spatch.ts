import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageFolder } from '../../src/package.ts';
import { shippedOf } from '../../src/sites/shipped.ts';
import { readTree } from '../../src/source/tree.ts';
import type { Target } from '../../src/target/contract.ts';
import type { Compared } from './compared.ts';
import { timed } from './timed.ts';

/** A run of Coccinelle over a tree. */
export interface Rewritten {
  readonly seconds: number;
  /** How many opens it rewrote. */
  readonly sites: number;
}

/**
 * Copies the C sources that the kit scans to a folder of their own, so that Coccinelle is given no others.
 *
 * @returns the folder; it is the caller's to remove
 */
export function sourcesInC(path: string, target: Target): string {
  const folder = mkdtempSync(join(tmpdir(), 'mayexec-bench-'));
  try {
    const sources = shippedOf(readTree(path), target).files.filter(({ language }) => language === 'c');
    for (const { file } of sources) cpSync(join(path, file), join(folder, file));
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return folder;
}

/** Which files Coccinelle reads. */
export type Reach = 'every file' | 'files with the names';

/**
 * Has spatch rewrite the same opens in the same sources; it prints a diff, as `mayexec patch` does.
 *
 * @param reach `every file`, as a census must; or those alone that have the names in the semantic patch, which is what
 * it does unless told otherwise: quick, and blind to an open that it was not told of
 */
export async function runSpatch(
  folder: string,
  { semanticPatch, rewritten }: Compared,
  reach: Reach,
): Promise<Rewritten> {
  const file = join(packageFolder, 'test/bench', semanticPatch);
  const all = reach === 'every file' ? ['--disable-worth-trying-opt'] : [];
  const { seconds, stdout } = await timed(
    'spatch',
    [...all, '--sp-file', file, '--dir', folder, '--no-includes', '--very-quiet'],
    'coccinelle',
  );
  const added = stdout.split('\n').filter((line) => line.startsWith('+'));
  return { seconds, sites: added.filter((line) => rewritten.test(line)).length };
}
