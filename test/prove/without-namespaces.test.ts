import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bed, Job } from '../../src/prove/bed.ts';
import { lackedCapabilities, withHarness } from '../../src/prove/harness.ts';
import { bedKinds } from '../../src/prove/kinds.ts';
import { localBed } from '../../src/prove/local.ts';
import type { Harness } from '../../src/prove/local.ts';
import { matrixOf, runMatrix } from '../../src/prove/matrix.ts';
import { findMeans } from '../../src/prove/means.ts';
import type { Found } from '../../src/prove/means.ts';
import { bringsNamespaces } from '../../src/prove/namespaces.ts';
import { runTable } from '../../src/prove/run-table.ts';
import { DIFFERENCES, TABLE } from '../../src/prove/table.ts';
import type { Scenario } from '../../src/target/scenario.ts';
import { sweptName } from '../../src/source/partial.ts';
import { demand, given, has, partly, root, wholeRoot } from '../needs.ts';
import { problemOf, sh } from './bed.ts';
import { behind } from './behind.ts';
import { testProgram, toy } from './interpreter.ts';
import { isRoot, nobody, programs } from './place.ts';

const { EACCES, EPERM, ENOSPC } = constants.errno;

/** Who runs the beds: whoever runs the tests, and where that is root somebody else too. */
const HARNESSES: readonly (Harness | undefined)[] = isRoot
  ? [...(has(wholeRoot) ? [undefined] : []), nobody]
  : [undefined];

let temporary = '';

beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'mayexec-test-plain-'));
  chmodSync(temporary, 0o1777);
  vi.stubEnv('TMPDIR', temporary);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(temporary, { recursive: true, force: true });
});

/** Beds of a machine that denies namespaces. */
async function plainBeds<T>(
  harness: Harness | undefined,
  work: (beds: readonly Bed[], probe: string, means: Found) => Promise<T>,
): Promise<T> {
  return behind([await testProgram('deny'), 'unshare', String(EPERM)], async (tools) => {
    const means = await findMeans(tools, harness);
    const beds = bedKinds.map((kind) => localBed(kind, tools, harness, means));
    return work(beds, tools.probe, means);
  });
}

/** The supervisor's bed there. */
async function plainBed<T>(work: (bed: Bed) => Promise<T>): Promise<T> {
  return plainBeds(undefined, async ([bed]) => {
    if (bed === undefined) throw new Error('there are no kinds of beds');
    return work(bed);
  });
}

const scenario: Scenario = {
  id: 'script',
  what: 'a script',
  files: { script: 'say script ran\n' },
  argv: ['{interpreter}', 'script'],
  marked: ['script'],
  plain: [],
  says: ['script ran'],
  refused: { says: ['script: Permission denied'], status: 126 },
  placements: ['executable', 'plain', 'owner', 'noexec'],
  users: isRoot ? ['root', 'nobody'] : ['nobody'],
};

describe('what a machine gives', () => {
  it('is found by trying', async () => {
    for (const harness of HARNESSES) {
      const manyUsers = isRoot && harness === undefined;
      await plainBeds(harness, (_beds, _probe, means) => {
        expect(means).toEqual({
          ...{ namespace: 'none', manyUsers },
          reason: 'no mount namespace (unshare): Operation not permitted',
        });
        return Promise.resolve();
      });
      const here = await findMeans(await programs(), harness);
      if (partly(given('beds with namespaces', here.reason ?? 'namespaces', here.namespace !== 'none')))
        expect(here).toEqual({ namespace: manyUsers ? 'mount' : 'user', manyUsers, reason: undefined });
    }
  });

  it('is found where their number is limited to none, which is no full disk', async () => {
    const deny = await testProgram('deny');
    const means = await behind([deny, 'unshare', String(ENOSPC)], (tools) => findMeans(tools));
    expect(means).toEqual({
      ...{ namespace: 'none', manyUsers: isRoot },
      reason: 'no mount namespace (unshare): No space left on device',
    });
  });

  it('is found where namespaces can be made and are of no use, as under AppArmor', async () => {
    const deny = await testProgram('deny');
    const means = await behind([deny, 'mount', String(EACCES)], (tools) => findMeans(tools));
    expect(means).toMatchObject({ namespace: 'none', manyUsers: isRoot });
    expect(means.reason).toMatch(/mount namespace: making it private: Permission denied|unshare/);
  });

  it('is no root where root cannot become anybody', async () => {
    demand(root);
    const bare = ['setpriv', '--bounding-set=-all', '--inh-caps=-all', '--'];
    const means = await behind(bare, async (tools) => findMeans(tools));
    expect(means.manyUsers).toBe(false);
  });

  it('is said to come by the settings that are against it', () => {
    const settings = (values: Readonly<Record<string, string>>) => (file: string) => values[file];
    expect(bringsNamespaces(settings({ 'user/max_user_namespaces': '0\n' }))).toBe(
      'run: sysctl user.max_user_namespaces=10000',
    );
    expect(
      bringsNamespaces(
        settings({
          'user/max_user_namespaces': '96365\n',
          'kernel/unprivileged_userns_clone': '0\n',
          'kernel/apparmor_restrict_unprivileged_userns': '1\n',
        }),
      ),
    ).toBe('run: sysctl kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0');
    expect(bringsNamespaces(settings({}))).toContain('--cap-add SYS_ADMIN');
    expect(bringsNamespaces()).not.toBe('');
  });
});

describe('beds without namespaces', () => {
  it('answer the table as every bed does, where a row needs none', { timeout: 60_000 }, async () => {
    if (isRoot) partly(wholeRoot);
    for (const harness of HARNESSES) {
      await plainBeds(harness, async (beds, probe) => {
        for (const bed of beds) {
          // Without Linux 6.14 there are no securebits.
          if (
            (await problemOf(() => bed.run({ argv: ['/bin/true'], policy: 3, user: 'nobody' }))) !== undefined
          ) {
            expect(bed.name).toBe('securebits');
            continue;
          }
          const lines: string[] = [];
          const { asked, deviations } = await runTable(bed, probe, TABLE, DIFFERENCES, (line) =>
            lines.push(line),
          );
          expect(deviations).toEqual([]);
          expect(asked).toBeGreaterThan(bed.policies.length * 25 * (bed.manyUsers ? 3 : 1));
          const mounted = bed.manyUsers ? 4 : 3;
          expect(lines).toContain(`not run: ${mounted} rows of the table in bed ${bed.name} need namespaces`);
        }
      });
    }
  });

  it('run a matrix, with a program that its users cannot reach where it lies', async () => {
    if (isRoot) demand(wholeRoot);
    const { stock, patched } = await toy();
    const closed = join(temporary, 'closed');
    mkdirSync(join(closed, 'bin'), { recursive: true });
    copyFileSync(stock, join(closed, 'bin/stock'));
    copyFileSync(patched, join(closed, 'bin/patched'));
    chmodSync(closed, 0o700);
    const shown = (name: string): { path: string; shown: string } => {
      const path = join(closed, 'bin', name);
      return { path, shown: name === 'stock' ? path : join(closed, 'bin') };
    };
    const programs = { stock: shown('stock'), patched: shown('patched') };
    const release = { version: '1', date: '', capabilities: [] };
    await plainBed(async (bed) => {
      const results = await runMatrix(matrixOf('toy', [scenario], release, [bed], programs), programs);
      expect(results.flatMap(({ wrong }) => wrong)).toEqual([]);
      // Four policies, two interpreters; owner's and root's files where there is root; no noexec mount.
      expect(results).toHaveLength(4 * 2 * (isRoot ? 3 * 2 : 2));
      expect(results.filter(({ seen }) => seen === 'refused').length).toBe(isRoot ? 2 * 3 : 2);
      expect(results.some(({ placement }) => placement === 'noexec')).toBe(false);
    });
    expect(readdirSync(temporary)).toEqual(['closed']);
  });

  it('say what cannot be made', async () => {
    await plainBed(async (bed) => {
      const fixtures: readonly NonNullable<Job['fixtures']>[number][] = [
        { kind: 'noexec', path: 'n' },
        { kind: 'bind', path: 'n', from: '/etc' },
        { kind: 'bind-noexec', path: 'n', from: '/etc' },
      ];
      for (const fixture of fixtures) {
        const found = await problemOf(() => sh(bed, 'true', { fixtures: [fixture] }));
        expect(found?.code).toBe('bed-missing');
        expect(found?.message).toContain('n: a mount without a namespace: Operation not permitted');
      }
    });
  });

  it('leave nothing, be it closed, and have a folder that others can enter', async () => {
    await plainBed(async (bed) => {
      const script = 'stat -c "%a %u" . file; mkdir -p a/b; touch a/b/c; chmod 0 a/b a; pwd';
      const { stdout, folder } = await sh(bed, script, { fixtures: [{ kind: 'file', path: 'file' }] });
      const user = isRoot ? nobody.uid : process.getuid?.();
      expect(stdout.toString()).toBe(`755 ${user}\n644 ${user}\n${folder}\n`);
      expect(existsSync(folder)).toBe(false);
      await problemOf(() => bed.run({ argv: ['/no/such'], policy: 0, user: 'nobody' }));
    });
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('remove what a run left that was killed', async () => {
    const ended = spawnSync('/bin/true').pid;
    const dead = `${sweptName('mayexec-bed').replace(`-${process.pid}-`, `-${ended}-`)}.abcdef`;
    const alive = `${sweptName('mayexec-bed')}.abcdef`;
    for (const name of [dead, alive]) mkdirSync(join(temporary, name, 'x'), { recursive: true });
    await plainBed(() => Promise.resolve());
    expect(readdirSync(temporary)).toEqual([alive]);
  });
});

describe('root without CAP_SYS_PTRACE, as in a container', () => {
  const status = (digits: string): string => `Name:\tnode\nCapPrm:\t0000000000000000\nCapEff:\t${digits}\n`;

  it('is told from root that can be anybody, or nobody', () => {
    expect(lackedCapabilities(status('000001ffffffffff'))).toEqual([]);
    // As Docker has it unless told otherwise.
    expect(lackedCapabilities(status('00000000a80425fb'))).toEqual(['CAP_SYS_PTRACE']);
    expect(lackedCapabilities(status('0000000000000000'))).toHaveLength(4);
    expect(lackedCapabilities('')).toEqual([]);
  });

  it('leaves the beds to a user that it cannot see into', async () => {
    const tools = await programs();
    const capable = lackedCapabilities().length === 0;
    await withHarness(undefined, tools, (harness, same) => {
      if (!isRoot || capable) expect([harness, same]).toEqual([undefined, tools]);
      return Promise.resolve();
    });
    expect(await withHarness(nobody, tools, (harness) => Promise.resolve(harness))).toEqual(nobody);
  });
});
