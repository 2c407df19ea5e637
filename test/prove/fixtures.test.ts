import { expect, it } from 'vitest';
import type { Fixture, Job } from '../../src/prove/bed.ts';
import { bedNamespaces, demand, needs, root, wholeBeds } from '../needs.ts';
import { inBed, sh } from './bed.ts';
import { testProgram } from './interpreter.ts';

it('fixtures are made as they are described', needs(bedNamespaces), async () => {
  const fixtures: readonly Fixture[] = [
    { kind: 'directory', path: 'd', mode: 0o711 },
    { kind: 'file', path: 'd/a b', mode: 0o640, text: 'one\0two\n\u00e9%\n' },
    { kind: 'file', path: 'empty' },
    { kind: 'link', path: 'l', to: 'd/a b' },
    { kind: 'fifo', path: 'p', mode: 0o600 },
    { kind: 'socket', path: 's', mode: 0o755 },
    { kind: 'noexec', path: 'n' },
    { kind: 'bind', path: 'etc', from: '/etc' },
    { kind: 'bind-noexec', path: 'bin', from: '/usr/bin' },
  ];
  await inBed('stock', async (bed) => {
    const script =
      'stat -c "%n %a %F %u" d "d/a b" empty p s; readlink l; od -An -c l; test etc/passwd -ef /etc/passwd && echo same; ' +
      'cp /usr/bin/true n/true; n/true || echo refused; bin/true || echo refused';
    const { stdout } = await sh(bed, script, { fixtures });
    expect(stdout.toString().split('\n')).toEqual([
      ...['d 711 directory 65534', 'd/a b 640 regular file 65534', 'empty 644 regular empty file 65534'],
      ...['p 600 fifo 65534', 's 755 socket 65534', 'd/a b'],
      '   o   n   e  \\0   t   w   o  \\n 303 251   %  \\n',
      ...['same', 'refused', 'refused', ''],
    ]);
  });
});

it('fixtures may belong to root, and be devices', async () => {
  demand(root, wholeBeds);
  await inBed('stock', async (bed) => {
    const { stdout } = await sh(bed, 'stat -c "%n %u %F %t:%T" f c b', {
      fixtures: [
        { kind: 'file', path: 'f', owner: 'root', text: 'x' },
        { kind: 'character', path: 'c', major: 1, minor: 3 },
        { kind: 'block', path: 'b', major: 240, minor: 17 },
      ],
    });
    expect(stdout.toString()).toBe(
      'f 0 regular file 0:0\nc 65534 character special file 1:3\nb 65534 block special file f0:11\n',
    );
  });
});

it('securebits are set in every bed that a job asks for them in', async () => {
  const from = await testProgram('gaps');
  const bits = async (bed: string, job: Partial<Job>): Promise<string | undefined> => {
    let said: string | undefined;
    await inBed(bed, async (one) => {
      const fixtures: readonly Fixture[] = [{ kind: 'copy', path: 'gaps', from, mode: 0o755 }];
      said = (await sh(one, './gaps securebits', { fixtures, ...job })).stdout.toString().trim();
    });
    return said;
  };
  // Without Linux 6.14 there is no such bed, and no bits to look at.
  if ((await bits('securebits', { policy: 0 })) === undefined) return;
  expect(await bits('securebits', { policy: 0 })).toBe('0');
  expect(await bits('securebits', { policy: 3 })).toBe('100');
  expect(await bits('securebits', { policy: 3, denyInteractive: true })).toBe('500');
  expect(await bits('supervisor', { policy: 3, denyInteractive: true })).toBe('400');
});
