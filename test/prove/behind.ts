import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tools } from '../../src/prove/tools.ts';
import { programs } from './place.ts';

/** Tools whose supervisor is started behind other words. */
export async function behind<T>(words: readonly string[], work: (tools: Tools) => Promise<T>): Promise<T> {
  const tools = await programs();
  const folder = mkdtempSync(join(tmpdir(), 'mayexec-behind-'));
  try {
    const supervisor = join(folder, 'supervisor');
    writeFileSync(supervisor, `#!/bin/sh\nexec ${words.join(' ')} ${tools.supervisor} "$@"\n`);
    chmodSync(folder, 0o755);
    chmodSync(supervisor, 0o755);
    return await work({ ...tools, supervisor });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
