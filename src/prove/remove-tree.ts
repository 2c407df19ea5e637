import { chmodSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Removes a folder with all that is in it, be it closed to its own owner.
 *
 * @throws what removing throws, an Error of Node, where the folder belongs to somebody else
 */
export function removeTree(folder: string): void {
  try {
    remove(folder);
  } catch {
    open(folder);
    remove(folder);
  }
}

function remove(folder: string): void {
  // A program that was killed with the rest may still be writing.
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function open(folder: string): void {
  chmodSync(folder, 0o700);
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) open(join(folder, entry.name));
}
