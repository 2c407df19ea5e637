import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { filesBelow } from '../fixtures/folder.ts';
import { needs } from '../needs.ts';
import { checkout } from '../skeleton/checkout.ts';
import { sourceOf } from '../trees.ts';

const source = await sourceOf('bash@5.2.15');

describe('ledger.json', needs(source.need), () => {
  const kit = checkout();
  const out = mkdtempSync(join(tmpdir(), 'mayexec-ledger-'));
  // Bash is enough: `--each` makes the others as well where there are any.
  for (const name of readdirSync(join(kit.folder, 'dist/targets')))
    if (name !== 'bash') rmSync(join(kit.folder, 'dist/targets', name), { recursive: true });

  afterAll(() => {
    kit.remove();
    rmSync(out, { recursive: true });
  });

  /** What a run writes into a folder, and what it says of the ledger. */
  const made = (folder: string): { readonly files: ReadonlyMap<string, string>; readonly told: boolean } => {
    const ended = kit.mayexec('patch', '--each', '--out', folder);
    expect(ended.status, ended.stderr).toBe(0);
    return { files: filesBelow(join(folder, 'bash/5.2.15')), told: ended.stderr.includes('ledger.json') };
  };

  it('is written everywhere but into the generated/ of the kit itself, and named only where it is', () => {
    const elsewhere = made(out);
    const committed = made(join(kit.folder, 'generated'));
    expect(elsewhere).toMatchObject({ told: true });
    expect(committed).toMatchObject({ told: false });
    const without = new Map(elsewhere.files);
    expect(without.delete('ledger.json')).toBe(true);
    expect(committed.files).toEqual(without);
    // The provenance has its sum all the same.
    expect(committed.files.get('provenance.json')).toContain('"name": "ledger.json"');
  }, 120_000);
});
