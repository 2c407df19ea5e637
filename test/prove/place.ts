import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demand, gcc } from '../needs.ts';
import { tools } from '../../src/prove/tools.ts';
import type { Tools } from '../../src/prove/tools.ts';

/** Where the tests keep compiled programs: reachable by everybody, as some beds here are run by uid 65534. */
export const cache = join(tmpdir(), `mayexec-test-beds-${process.getuid?.() ?? 0}`);

/** The user that stands for everybody who is not root. */
export const nobody = { uid: 65534, gid: 65534 } as const;

/** True where the tests are run by root, who can be anybody. */
export const isRoot = process.getuid?.() === 0;

/** The beds' programs; ends the running test where there is no compiler. */
export async function programs(): Promise<Tools> {
  demand(gcc);
  mkdirSync(cache, { recursive: true, mode: 0o755 });
  return tools(cache);
}
