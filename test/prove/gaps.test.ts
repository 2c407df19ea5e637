import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import type { Fixture, Job } from '../../src/prove/bed.ts';
import { demand, partly, root, rootMounts, wholeBeds, wholeRoot } from '../needs.ts';
import { inBed, sh } from './bed.ts';
import { testProgram } from './interpreter.ts';
import { cache, nobody, programs } from './place.ts';
import { watch } from './watched.ts';

const FIXTURES: readonly Fixture[] = [
  { kind: 'file', path: 'may', mode: 0o755, text: 'may\n' },
  { kind: 'file', path: 'may-not', mode: 0o644, text: 'may not\n' },
  { kind: 'directory', path: 'top' },
  { kind: 'directory', path: 'top/may' },
  { kind: 'file', path: 'top/script', mode: 0o755, text: 'in the root\n' },
  { kind: 'file', path: 'top/0644', mode: 0o644 },
  { kind: 'link', path: 'top/absolute', to: '/script' },
  { kind: 'link', path: 'top/above', to: '../../../../script' },
  { kind: 'fifo', path: 'fifo' },
];

/** What the test program prints in the supervisor. */
async function gaps(
  args: readonly string[],
  job: Partial<Job> = {},
  harness?: { uid: number; gid: number },
  more: readonly Fixture[] = [],
): Promise<readonly string[]> {
  const from = await testProgram('gaps');
  let lines: readonly string[] = [];
  await inBed(
    'supervisor',
    async (bed) => {
      const fixtures: readonly Fixture[] = [
        { kind: 'copy', path: 'gaps', from, mode: 0o755 },
        ...FIXTURES,
        ...more,
      ];
      const { stdout, stderr } = await sh(bed, '', { argv: ['./gaps', ...args], fixtures, ...job });
      lines = (stdout.toString() + stderr.toString()).trimEnd().split('\n');
    },
    harness && { harness },
  );
  return lines;
}

describe('the supervisor opens as the caller would', () => {
  it('below its root, with absolute links and .. that do not lead out', async () => {
    demand(root, wholeBeds);
    const paths = ['/script', 'script', 'absolute', '/above', '../../script', '/0644', '/gaps'];
    expect(await gaps(['chroot', 'top', ...paths], { user: 'root' })).toEqual([
      ...['ok in the root', 'ok in the root', 'ok in the root', 'ok in the root', 'ok in the root'],
      ...['EACCES', 'ENOENT'],
    ]);
  });

  it('in its own mount namespace', async () => {
    demand(root, wholeBeds);
    expect(
      await gaps(['namespace', '/mnt', '/mnt/one', '755', '/mnt/two', '644', '/mnt/../mnt/three', '755'], {
        user: 'root',
      }),
    ).toEqual(['ok inside', 'EACCES', 'ok inside']);
  });

  it('in its own PID namespace: /proc/self is itself, by the number that it has there', async () => {
    demand(root, wholeBeds);
    expect(await gaps(['pids', 'may'], { user: 'root' })).toEqual(['ok may', 'ok may', 'ok may']);
    expect(await gaps(['pids', 'may-not'], { user: 'root' })).toEqual(['EACCES', 'EACCES', 'EACCES']);
  });

  it('from a folder given as descriptor', async () => {
    expect(await gaps(['at', 'top', 'script'])).toEqual(['ok in the root', 'EBADF', 'EBADF']);
    expect(await gaps(['at', 'top', '0644'])).toEqual(['EACCES', 'EBADF', 'EBADF']);
  });

  it('with its umask', async () => {
    expect(await gaps(['umask'])).toEqual(['ok ', '640']);
  });

  it('making a file only where none is', async () => {
    expect(await gaps(['create', 'new'])).toEqual(['ok']);
    expect(await gaps(['create', 'may'])).toEqual(['EEXIST']);
    expect(await gaps(['create', 'missing/new'])).toEqual(['ENOENT']);
    expect(await gaps(['create', 'top/absolute'])).toEqual(['EEXIST']);
  });

  it('with the resolve flags as the kernel has them', async () => {
    expect(await gaps(['resolve', 'may'])).toEqual(['ok may', 'ok may', 'ok may']);
    expect(await gaps(['resolve', '/may'])).toEqual(['EXDEV', 'ok may', 'ENOENT']);
    expect(await gaps(['resolve', 'may-not'])).toEqual(['EACCES', 'EACCES', 'EACCES']);
  });

  it('from eight threads at once', async () => {
    expect(await gaps(['threads', 'may-not'])).toEqual(['0 wrong']);
  });

  it('with paths at the edge of memory, none at all, and too long ones', async () => {
    expect(await gaps(['edges'])).toEqual(['ok may', 'EFAULT', 'ENAMETOOLONG', 'ENOENT', 'EFAULT', 'EINVAL']);
  });

  it('with structures of all sizes, as long as nothing unknown is asked for', async () => {
    const with1 = 'with something at its end E2BIG';
    expect(await gaps(['sizes', 'may'])).toEqual([
      ...['23 EINVAL', '24 ok may', '25 ok may', `25 ${with1}`, '32 ok may', `32 ${with1}`],
      ...['4096 ok may', `4096 ${with1}`, '4097 E2BIG', '65536 E2BIG'],
    ]);
  });

  it('with no descriptor left: nothing is made or emptied then', async () => {
    const answers = ['EMFILE', 'not made', 'EMFILE', 'not emptied', 'EMFILE', 'ENOENT', 'EINVAL', 'ok may'];
    expect(await gaps(['full', 'may'])).toEqual(answers);
    if (partly(root)) expect(await gaps(['full', 'may'], {}, nobody)).toEqual(answers);
  });

  it('and holds nothing of it when it goes on: mounts are free, and programs can be run', async () => {
    demand(root, wholeBeds);
    for (const policy of [0, 2] as const) {
      expect(await gaps(['busy-mount'], { user: 'root', policy })).toEqual(['0 of 300']);
      const fixtures: readonly Fixture[] = [{ kind: 'copy', path: 'true', from: '/bin/true', mode: 0o755 }];
      expect(await gaps(['busy-text', 'true'], { user: 'root', policy }, undefined, fixtures)).toEqual([
        '0 of 300',
      ]);
    }
    const fixtures: readonly Fixture[] = [{ kind: 'copy', path: 'true', from: '/bin/true', mode: 0o755 }];
    expect(await gaps(['busy-text', 'true'], { policy: 2 }, nobody, fixtures)).toEqual(['0 of 300']);
  });

  it('past links that a sticky folder protects, where the machine has them protected', async () => {
    demand(wholeRoot, rootMounts);
    const program = await testProgram('gaps');
    const { supervisor } = await programs();
    const work = mkdtempSync(join(tmpdir(), 'mayexec-sticky-'));
    try {
      for (const [set, other] of [
        ['0', 'ok in'],
        ['1', 'EACCES'],
      ] as const) {
        const folder = join(work, set);
        mkdirSync(folder, { mode: 0o755 });
        writeFileSync(join(folder, 'set'), `${set}\n`);
        // What the supervisor reads; the kernel itself is not asked to follow these links.
        const before = 'mount --bind set /proc/sys/fs/protected_symlinks && exec "$@"';
        const { stdout } = await watch(
          [
            ...['unshare', '-m', 'sh', '-c', before, 'sh'],
            supervisor,
            '--policy',
            '2',
            '--',
            program,
            'sticky',
          ],
          { cwd: folder },
        );
        expect(stdout.trimEnd().split('\n')).toEqual([other, 'ok in', 'ok in', 'ok in']);
      }
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });

  it('where a FIFO blocks, without blocking others; nobody stays at it', async () => {
    expect(await gaps(['fifo', 'fifo'], { policy: 0 })).toEqual(['ok through']);
    expect(await gaps(['killed-fifo', 'fifo'], { policy: 0 })).toEqual(['ENXIO']);
    expect(await gaps(['fifo', 'fifo'], { policy: 1 })).toEqual(['EACCES']);
  });

  it('without root too, in user namespaces of its own', async () => {
    demand(root);
    expect(await gaps(['fifo', 'fifo'], { policy: 0 }, nobody)).toEqual(['ok through']);
    expect(await gaps(['threads', 'may-not'], {}, nobody)).toEqual(['0 wrong']);
    expect(await gaps(['umask'], {}, nobody)).toEqual(['ok ', '640']);
    expect(await gaps(['open', '/dev/stdin'], { input: 'x' }, nobody)).toEqual(['EACCES']);
  });
});

describe('the records', () => {
  it('name who opened what, with and without the flag', async () => {
    const from = await testProgram('gaps');
    await inBed('supervisor', async (bed) => {
      const fixtures: readonly Fixture[] = [{ kind: 'copy', path: 'gaps', from, mode: 0o755 }, ...FIXTURES];
      const name = 'no"sense\\\n\u00e4';
      const script = `./gaps open may; ./gaps open may-not; ./gaps open '${name}'; : <may`;
      const { opened } = await sh(bed, script, { fixtures, watch: true });
      const ours = opened.filter(({ path }) => !path.startsWith('/'));
      expect(
        ours.map(({ program, call, path, flag, outcome, why, error }) =>
          [program, call, path, flag, outcome, why, error].join(' '),
        ),
      ).toEqual([
        'gaps openat2 may true allowed  ',
        'gaps openat2 may-not true refused mode EACCES',
        `gaps openat2 ${Buffer.from(name).toString('latin1')} true failed  ENOENT`,
        'sh openat may false passed  ',
      ]);
    });
  });

  it('hold only what openat2 opened unless all is watched', async () => {
    await inBed('supervisor', async (bed) => {
      expect((await sh(bed, ': </dev/null; cat /dev/null')).opened).toEqual([]);
    });
  });
});

describe('the sysctl file', () => {
  it('is there for the tie-breaker of an interpreter, where it is asked for', async () => {
    await inBed('supervisor', async (bed) => {
      const script = 'f=/proc/sys/fs/open_mayexec_enforce; test -e $f || echo stat; test -r $f && cat $f';
      const with2 = await sh(bed, script, { sysctlFile: true, policy: 2 });
      expect(with2.stdout.toString()).toBe('stat\n2\n');
      expect(with2.opened.map(({ path }) => path)).toEqual(['/proc/sys/fs/open_mayexec_enforce']);
      const without = await sh(bed, script);
      expect(without.stdout.toString()).toBe('stat\n');
    });
  });
});

describe('the descriptors of the command', () => {
  it('are all that the supervisor has by itself, and the first three in the sandbox', async () => {
    const { supervisor } = await programs();
    const ask = ['sh', '-c', 'test -e /proc/self/fd/7 && echo there || echo not there'];
    const cli = join(packageFolder, 'dist', 'src', 'cli.js');
    for (const [words, said] of [
      [[supervisor, '--policy', '3', '--', ...ask], 'there\n'],
      [[process.execPath, cli, 'sandbox', '--cache', cache, '--', ...ask], 'not there\n'],
    ] as const) {
      const { stdout } = await watch(['sh', '-c', 'exec "$@" 7</dev/null', 'sh', ...words], { cwd: '/' });
      expect(stdout).toBe(said);
    }
  });
});
