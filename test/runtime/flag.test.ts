import { afterAll, describe, expect, test } from 'vitest';
import { chmodSync, cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { drive, errno, type Surroundings } from './lab.ts';
import { namespaces, needs, root, rootMounts } from '../needs.ts';
import { apart, makeScripts } from './ground.ts';

const scripts = makeScripts();
afterAll(scripts.remove);

const yes = `open=${scripts.yes}`;
const no = `open=${scripts.no}`;

describe('a kernel that knows the flag', () => {
  test.each([
    [0, ['ok', 'ok', 'ok', 'EISDIR', 'ENOENT']],
    [1, ['ok', 'ok', 'EACCES', 'EISDIR', 'ENOENT']],
    [2, ['ok', 'EACCES', 'EACCES', 'EISDIR', 'ENOENT']],
    [3, ['ok', 'EACCES', 'EACCES', 'EISDIR', 'ENOENT']],
  ] as const)('policy %i', async (kernel, answers) => {
    const actions = [yes, no, 'open=/dev/null', 'open=/', 'open=/nowhere'];
    expect(await drive(actions, { kernel })).toEqual(answers.map((answer) => `open ${answer}`));
  });

  test('a stream is opened the same way', async () => {
    const actions = [
      `fopen=${scripts.yes}:r`,
      `fopen=${scripts.no}:rbe`,
      `fopen=${scripts.yes}:w`,
      `fopen=${scripts.yes}:r+`,
    ];
    expect(await drive(actions, { kernel: 2 })).toEqual([
      'fopen ok',
      'fopen EACCES',
      'fopen EINVAL',
      'fopen EINVAL',
    ]);
  });

  test('a descriptor that was named as a file is judged like the file', async () => {
    const actions = [
      `stdin=${scripts.yes}`,
      'descriptor=0',
      `stdin=${scripts.no}`,
      'descriptor=0',
      'stdin',
      'descriptor=0',
    ];
    expect(await drive(actions, { kernel: 2 })).toEqual(
      ['ok', 'EACCES', 'EACCES'].map((answer) => `descriptor ${answer}`),
    );
    expect(await drive(actions, { kernel: 0 })).toEqual(
      ['ok', 'ok', 'ok'].map((answer) => `descriptor ${answer}`),
    );
  });

  test('the standard input is judged where the builder denies, and a policy of 0 allows files', async () => {
    const recipe = { source: 'drive.c', flags: ['-DMAYEXEC_DENY_INTERACTIVE'] } as const;
    const actions = [
      `stdin=${scripts.yes}`,
      'passes=0',
      `stdin=${scripts.no}`,
      'passes=0',
      'stdin',
      'passes=0',
    ];
    const noCheck = { inject: [{ call: 'execveat', error: 'EINVAL', when: 'real' }] } as const;
    expect(await drive(actions, { kernel: 2, recipe, ...noCheck })).toEqual([
      'passes ok',
      'passes EACCES',
      'passes EACCES',
    ]);
    expect(await drive(actions, { kernel: 0, recipe, ...noCheck })).toEqual([
      'passes ok',
      'passes ok',
      'passes EACCES',
    ]);
  });

  test('the probe has an answer for the whole process: threads, fork, vfork', async () => {
    expect(await drive([`threads=${scripts.no}`], { kernel: 2 })).toEqual(
      Array<string>(64).fill('open EACCES'),
    );
    expect(await drive([`threads=${scripts.yes}`], { kernel: 2 })).toEqual(Array<string>(64).fill('open ok'));
    const actions = [yes, `fork=${no}`, `vfork=${no}`, no];
    expect(await drive(actions, { kernel: 2 })).toEqual([
      'open ok',
      'open EACCES',
      'open EACCES',
      'open EACCES',
    ]);
    expect(await drive([`vfork=${no}`, `fork=${yes}`, yes], { kernel: 2 })).toEqual([
      'open EACCES',
      'open ok',
      'open ok',
    ]);
  });

  test('64 threads while the first probes have no answer: some fail, none is let through', async () => {
    const inject = [{ call: 'openat2', error: 'ENOMEM', when: 'once' }] as const;
    const answers = await drive([`threads=${scripts.no}`], { kernel: 2, inject });
    expect(answers.filter((answer) => answer === 'open ENOMEM')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'open EACCES')).toHaveLength(63);
  });

  test('no descriptor left: the errno of open, and the next open works', async () => {
    expect(await drive(['full', yes, 'room', yes, no], { kernel: 2 })).toEqual([
      'open EMFILE',
      'open ok',
      'open EACCES',
    ]);
  });

  test('chroot without /proc: files are judged, descriptors cannot be', needs(root), async () => {
    const actions = [`chroot=${scripts.folder}`, 'open=/yes', 'open=/no', 'stdin=/yes', 'descriptor=0'];
    expect(await drive(actions, { kernel: 2 })).toEqual(['open ok', 'open EACCES', 'descriptor EACCES']);
  });
});

describe('a false /proc', needs(rootMounts), () => {
  test('another file in the place of the descriptor does not vouch for it', async () => {
    const proc = join(scripts.folder, 'proc');
    mkdirSync(join(proc, 'self', 'fd'), { recursive: true });
    cpSync(scripts.yes, join(proc, 'self', 'fd', '0'));
    const actions = [`stdin=${scripts.yes}`, 'descriptor=0', `proc=${proc}`, 'descriptor=0'];
    expect(await drive(actions, { kernel: 2 })).toEqual(['descriptor ok', 'descriptor EACCES']);
  });
});

describe('a kernel that does not know it', () => {
  const everywhere = ['open ok', 'open ok'];

  test('everything is opened as before, and errno is left alone', async () => {
    expect(await drive([yes, no, 'errno=7', 'open=/dev/null', 'open=/', 'open=/nowhere'])).toEqual([
      ...everywhere,
      'errno ok',
      'open ok',
      'open EISDIR',
      'open ENOENT',
    ]);
  });

  test('errno is left alone by the open that probes, too', async () => {
    expect(await drive(['errno=7'])).toEqual(['errno ok']);
    expect(await drive(['errno=7'], { kernel: 0 })).toEqual(['errno ok']);
  });

  test('no memory for the look at the sysctl: no answer', async () => {
    expect(await drive([`access=${errno('ENOMEM')}`, no])).toEqual(['open ENOMEM']);
  });

  test('64 threads race the probe', async () => {
    expect(await drive([`threads=${scripts.no}`])).toEqual(Array<string>(64).fill('open ok'));
  });

  test('a program that starts threads while another opens code loses none', async () => {
    expect(await drive([`start=${scripts.no}`])).toEqual(['lost 0']);
  });

  test('no descriptor left: the errno of open, and the next open works', async () => {
    expect(await drive(['full', no, 'room', no])).toEqual(['open EMFILE', 'open ok']);
    expect(await drive([no, 'full', no, 'room', no])).toEqual(['open ok', 'open EMFILE', 'open ok']);
  });

  test('chroot without /proc', needs(root), async () => {
    expect(await drive([`chroot=${scripts.folder}`, 'open=/no', 'descriptor=0', 'passes=0'])).toEqual([
      'open ok',
      'descriptor ok',
      'passes ok',
    ]);
  });

  test('a root directory that cannot be read', needs(root), async () => {
    const root = join(scripts.folder, 'root');
    mkdirSync(root);
    cpSync(scripts.no, join(root, 'no'));
    chmodSync(root, 0o711);
    const actions = [`chroot=${root}`, 'uid=65534', 'open=/no', 'open=/'];
    expect(await drive(actions)).toEqual(['open ok', 'open EACCES']);
  });

  test('an empty /proc', needs(namespaces), async () => {
    const around: Surroundings = { under: apart('mount -t tmpfs none /proc') };
    expect(await drive([yes, no], around)).toEqual(everywhere);
  });
});

test('nothing was executed', () => {
  expect(scripts.ran()).toBe(false);
});
