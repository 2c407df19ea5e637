import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Fixture } from '../../src/prove/bed.ts';
import { demand, namespaces } from '../needs.ts';
import { inBed, sh } from './bed.ts';
import { testProgram, toy } from './interpreter.ts';

/** SECBIT_EXEC_RESTRICT_FILE and SECBIT_EXEC_DENY_INTERACTIVE (linux/securebits.h, 6.14). */
const [RESTRICT, DENY] = [0x100, 0x400];

async function fixtures(): Promise<readonly Fixture[]> {
  return [
    { kind: 'copy', path: 'bits', from: await testProgram('bits'), mode: 0o755 },
    { kind: 'copy', path: 'toy', from: (await toy()).patched, mode: 0o755 },
    { kind: 'file', path: 'may-not', text: 'say it ran\n' },
  ];
}

describe('the bed of the securebits', () => {
  it.each([
    [0, false, 0],
    [0, true, DENY],
    [3, false, RESTRICT],
    [3, true, RESTRICT | DENY],
  ] as const)('sets for policy %i, interactive denied %s, the bits %i', async (policy, deny, bits) => {
    const files = await fixtures();
    await inBed('securebits', async (bed) => {
      const { stdout } = await sh(bed, './bits', { fixtures: files, policy, denyInteractive: deny });
      expect(Number.parseInt(stdout.toString(), 16) & (RESTRICT | DENY)).toBe(bits);
    });
  });

  // docs/threat-model.md: the bits are a restriction of oneself, and no boundary, where users may make namespaces.
  it('shows that a new user namespace clears them, and that a refused script then runs', async () => {
    demand(namespaces);
    const files = await fixtures();
    await inBed('securebits', async (bed) => {
      const script = './toy may-not; unshare -Ur ./bits; unshare -Ur ./toy may-not';
      const { stdout, stderr } = await sh(bed, script, { fixtures: files, denyInteractive: true });
      const [inside = '', ...ran] = stdout.toString().trimEnd().split('\n');
      const cleared = (Number.parseInt(inside, 16) & RESTRICT) === 0;
      const refusals = stderr.toString().match(/may-not: Permission denied/g) ?? [];
      // A kernel that keeps them refuses twice; all that is known here, up to 6.18, clear them.
      expect([ran, refusals.length]).toEqual(cleared ? [['it ran'], 1] : [[], 2]);
      expect(stderr.toString()).not.toContain('unshare');
    });
  });

  it('shows that code in a memfd passes the check, unless vm.memfd_noexec says otherwise', async () => {
    const files = await fixtures();
    const memfd = await testProgram('memfd');
    const sealed = readFileSync('/proc/sys/vm/memfd_noexec', 'utf8').trim() !== '0';
    await inBed('securebits', async (bed) => {
      const { stdout } = await sh(bed, './memfd "say it ran\n" ./toy', {
        fixtures: [...files, { kind: 'copy', path: 'memfd', from: memfd, mode: 0o755 }],
        denyInteractive: true,
      });
      expect(stdout.toString()).toBe(sealed ? '' : 'it ran\n');
    });
  });
});
