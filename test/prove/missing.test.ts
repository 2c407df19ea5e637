import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Bed, Job } from '../../src/prove/bed.ts';
import { withBeds } from '../../src/prove/beds.ts';
import type { BedOptions } from '../../src/prove/beds.ts';
import { bedKinds } from '../../src/prove/kinds.ts';
import { localBed } from '../../src/prove/local.ts';
import { inBed, problemOf, say } from './bed.ts';
import { behind } from './behind.ts';
import { testProgram } from './interpreter.ts';
import { cache, isRoot, nobody, programs } from './place.ts';
import { demand, gcc, needs, wholeBeds } from '../needs.ts';

beforeEach(() => {
  demand(gcc);
});

const { ENOSYS, EINVAL, EPERM } = constants.errno;

const JOB: Job = { argv: ['/bin/true'], policy: 3, user: 'root' };

/** What a bed says on a machine where a syscall fails. */
async function without(
  call: string,
  error: number,
  name: string,
  harness?: typeof nobody,
  job: Job = JOB,
): Promise<string | undefined> {
  const deny = await testProgram('deny');
  const kind = bedKinds.find((one) => one.name === name);
  if (!kind) throw new Error(name);
  return behind([deny, call, String(error)], async (tools) => {
    const found = await problemOf(() => localBed(kind, tools, harness).run(job));
    return found && `${found.code}: ${found.message}`;
  });
}

describe('a machine says in a line what it lacks:', () => {
  const lacks = 'is not available on this machine:';

  it('seccomp notifications', needs(wholeBeds), async () => {
    for (const [errno, name] of [
      [ENOSYS, 'ENOSYS'],
      [EINVAL, 'EINVAL'],
      [EPERM, 'EPERM'],
    ] as const) {
      expect(await without('seccomp', errno, 'supervisor')).toBe(
        `bed-missing: test bed supervisor ${lacks} the kernel gives no seccomp notifications here (${name})`,
      );
    }
    expect(await without('seccomp', ENOSYS, 'stock')).toBeUndefined();
  });

  it('Linux 5.14', needs(wholeBeds), async () => {
    expect(
      await without('addfd', EINVAL, 'supervisor', undefined, {
        ...JOB,
        argv: ['./gaps', 'open', 'may'],
        fixtures: [
          { kind: 'bind', path: 'gaps', from: await testProgram('gaps') },
          { kind: 'file', path: 'may', mode: 0o755 },
        ],
      }),
    ).toBe(
      `bed-missing: test bed supervisor ${lacks} the kernel cannot answer with a descriptor, as Linux 5.14 can (EINVAL)`,
    );
  });

  it('Linux 6.14', needs(wholeBeds), async () => {
    expect(await without('securebits', EINVAL, 'securebits')).toBe(
      `bed-missing: test bed securebits ${lacks} securebits 0x100, which Linux 6.14 brought: Invalid argument`,
    );
  });

  it('namespaces, where it is to use them', async () => {
    const bed = 'bed-missing: test bed supervisor';
    const reason = 'no mount namespace (unshare): Operation not permitted';
    expect(await without('unshare', EPERM, 'supervisor', isRoot ? nobody : undefined)).toBe(
      `${bed} ${lacks} ${reason}`,
    );
  });

  it('a compiler', async () => {
    const path = process.env['PATH'];
    const empty = mkdtempSync(join(tmpdir(), 'mayexec-empty-'));
    process.env['PATH'] = empty;
    try {
      const found = await problemOf(() => withBeds({ cache: empty, say }, () => Promise.resolve()));
      expect(found?.message).toBe(
        `test bed supervisor ${lacks} gcc is needed for test beds and is not installed`,
      );
    } finally {
      process.env['PATH'] = path;
      rmSync(empty, { recursive: true });
    }
  });
});

describe('a supervisor inside another one', () => {
  it('is named as such', async () => {
    const { supervisor } = await programs();
    const kind = bedKinds.find(({ name }) => name === 'supervisor');
    if (!kind) throw new Error('no supervisor');
    const found = await behind([supervisor, '--policy', '3', '--'], (tools) =>
      problemOf(() => localBed(kind, tools).run(JOB)),
    );
    expect(found?.code).toBe('bed-nested');
    expect(found?.message).toContain('EBUSY');
  });

  it('says it by itself too', async () => {
    const { supervisor } = await programs();
    await inBed('supervisor', async (bed) => {
      const inner: Job = {
        argv: ['./supervisor', '--policy', '3', '--', '/bin/true'],
        fixtures: [{ kind: 'copy', path: 'supervisor', from: supervisor, mode: 0o755 }],
        policy: 3,
        user: 'nobody',
      };
      const { status, stderr } = await bed.run(inner);
      expect(status).toBe(125);
      expect(stderr.toString()).toBe(
        'supervisor: another supervisor is watching this process tree already: Device or resource busy\n',
      );
    });
  });
});

describe('a bed that is missing', () => {
  const missing = async (require?: BedOptions['require']): Promise<{ lines: string[]; beds: string[] }> => {
    const lines: string[] = [];
    const deny = await testProgram('deny');
    const kind = bedKinds.find(({ name }) => name === 'supervisor');
    if (!kind) throw new Error('no supervisor');
    const beds = await behind([deny, 'seccomp', String(ENOSYS)], (tools) => {
      const other: Bed = localBed({ ...kind, name: 'other' }, tools);
      return withBeds(
        {
          cache,
          say: (line) => lines.push(line),
          more: [() => Promise.resolve(other)],
          ...(require && { require }),
        },
        (all) => Promise.resolve(all.map(({ name }) => name)),
      );
    });
    return { lines, beds };
  };

  it('is said in a line, and the others are used', async () => {
    const { lines, beds } = await missing();
    expect(lines.filter((line) => line.includes('other'))).toEqual([
      'not run: test bed other is not available on this machine: the kernel gives no seccomp notifications here (ENOSYS)',
    ]);
    expect(beds).toContain('stock');
    expect(beds).not.toContain('other');
  });

  it('is a failure where it is required', async () => {
    expect((await problemOf(() => missing(['other'])))?.code).toBe('bed-missing');
    expect((await problemOf(() => missing('all')))?.code).toBe('bed-missing');
    const unknown = await problemOf(() => missing(['stock', 'nowhere']));
    expect(unknown?.message).toContain('test bed nowhere is not available on this machine: no such bed');
    expect(await problemOf(() => missing(['stock']))).toBeUndefined();
  });
});
