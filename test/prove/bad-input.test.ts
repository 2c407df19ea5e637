import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inBed, problemOf, sh } from './bed.ts';
import { processesWith } from './processes.ts';
import { bedNamespaces, needs } from '../needs.ts';

const beds = ['supervisor', 'securebits', 'stock'];

/** A number that nobody else sleeps for, so that the process can be found by it. */
let last = 0;
const unique = (): string => `${7000 + (last += 1)}.${process.pid}`;

describe.each(beds)('in bed %s', (name) => {
  it('a program that does not exist is named', async () => {
    await inBed(name, async (bed) => {
      const found = await problemOf(() => bed.run({ argv: ['/no/such/program'], policy: 0, user: 'nobody' }));
      expect(found?.code).toBe('bad-path');
      expect(found?.message).toBe('/no/such/program: cannot be run: No such file or directory');
    });
  });

  it('a program that may not be executed is named', async () => {
    await inBed(name, async (bed) => {
      const found = await problemOf(() => bed.run({ argv: ['/etc/passwd'], policy: 0, user: 'nobody' }));
      expect(found?.message).toBe('/etc/passwd: cannot be run: Permission denied');
    });
  });

  it('a status of its own is not mistaken for a program that cannot be run', async () => {
    await inBed(name, async (bed) => {
      for (const status of [0, 1, 125, 126, 127, 137])
        expect(await sh(bed, `exit ${status}`)).toMatchObject({ ended: 'exit', status });
      expect(await sh(bed, 'kill -TERM $$')).toMatchObject({ ended: 'signal', status: 143 });
    });
  });

  it('one that hangs is ended, with what it started and what it said', async () => {
    await inBed(name, async (bed) => {
      const seconds = unique();
      const outcome = await sh(bed, `echo begun; sleep ${seconds} & sleep ${seconds}`, { timeout: 300 });
      expect(outcome).toMatchObject({ ended: 'timeout', status: 137 });
      expect(outcome.stdout.toString()).toBe('begun\n');
      expect(processesWith(seconds)).toEqual([]);
    });
  });

  it('one that floods its output is ended', async () => {
    await inBed(name, async (bed) => {
      const outcome = await sh(bed, 'exec yes', { most: 100_000 });
      expect(outcome.ended).toBe('flood');
      expect(outcome.stdout).toHaveLength(100_000);
    });
  });

  it('one that forks away leaves nothing behind', async () => {
    await inBed(name, async (bed) => {
      const seconds = unique();
      const outcome = await sh(bed, `setsid sh -c 'setsid sleep ${seconds} & sleep ${seconds}' & exit 3`);
      expect(outcome).toMatchObject({ ended: 'exit', status: 3 });
      expect(processesWith(seconds)).toEqual([]);
    });
  });

  it('one that kills its group kills nobody else', async () => {
    await inBed(name, async (bed) => {
      expect(await sh(bed, 'sleep 100 & kill -KILL 0')).toMatchObject({ ended: 'signal', status: 137 });
      expect(await sh(bed, 'trap "" TERM; kill -TERM 0; exit 4')).toMatchObject({ ended: 'exit', status: 4 });
    });
  });

  it('one that reads no input does not block the run', async () => {
    await inBed(name, async (bed) => {
      const outcome = await sh(bed, 'exit 5', { input: Buffer.alloc(1_000_000, 'x') });
      expect(outcome.status).toBe(5);
    });
  });

  it('no folder and no mount stays', needs(bedNamespaces), async () => {
    await inBed(name, async (bed) => {
      const outcome = await sh(bed, 'pwd; cat n/f; grep -c mayexec-bed /proc/self/mounts', {
        fixtures: [
          { kind: 'noexec', path: 'n' },
          { kind: 'file', path: 'n/f', text: 'text of %s\n' },
        ],
      });
      const [folder = '', text, mounts] = outcome.stdout.toString().split('\n');
      expect([text, mounts]).toEqual(['text of %s', '2']);
      expect(folder).toContain('mayexec-bed-');
      expect(existsSync(folder)).toBe(false);
      expect(readFileSync('/proc/self/mounts', 'utf8')).not.toContain('mayexec-bed-');
    });
  });
});
