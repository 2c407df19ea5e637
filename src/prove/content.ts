import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A sum of what a tree holds: its names, files, links and x bits. Two trees of one release are not one content.
 *
 * @param path the tree's top folder
 * @returns lower case hexadecimal
 */
export function contentOf(path: string): string {
  const hash = createHash('sha256');
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();
  for (const name of names) {
    const whole = join(path, name);
    const stat = lstatSync(whole);
    if (stat.isSymbolicLink()) hash.update(`${name}\0link\0${readlinkSync(whole)}\0`);
    else if (stat.isFile()) {
      const mode = (stat.mode & 0o111) === 0 ? 'plain' : 'executable';
      hash.update(`${name}\0${mode}\0${stat.size}\0`).update(readFileSync(whole));
    }
  }
  return hash.digest('hex');
}
