import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tools } from '../../src/prove/tools.js';
import type { Tools } from '../../src/prove/tools.js';

/** Where the tests keep compiled programs: reachable by everybody, as some beds here are run by uid 65534. */
export const cache = join(tmpdir(), `mayexec-test-beds-${process.getuid?.() ?? 0}`);

/** The user that stands for everybody who is not root. */
export const nobody = { uid: 65534, gid: 65534 } as const;

/** True where the tests are run by root, who can be anybody. */
export const isRoot = process.getuid?.() === 0;

/** Tells whether something that only root can do is run; says in a line where it is not. */
export function asRoot(what: string): boolean {
  if (!isRoot) process.stderr.write(`not run: ${what} needs root\n`);
  return isRoot;
}

/** The beds' programs. */
export async function programs(): Promise<Tools> {
  mkdirSync(cache, { recursive: true, mode: 0o755 });
  return tools(cache);
}
