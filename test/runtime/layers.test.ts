import { afterAll, describe, expect, test } from 'vitest';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gcc, needs, securebits, tool } from '../needs.ts';
import { build, drive, driven } from './lab.ts';
import { makeScripts } from './ground.ts';

const scripts = makeScripts();
afterAll(scripts.remove);

const plain = [`open=${scripts.yes}`, `open=${scripts.no}`, 'open=/nowhere', 'denied', 'passes=0'];
const asEver = ['open ok', 'open ok', 'open ENOENT', 'denied ok', 'passes ok'];
/** Makes the check, whatever the layer makes of securebits. */
const restricted = { source: 'drive.c', flags: ['-DMAYEXEC_RESTRICT_FILE'] } as const;

/** Each layer: its program and arguments, its package, and what it answers where the check is demanded. */
const LAYERS = [
  // It would execute the file: the guard sees that, so nothing can be vouched for.
  {
    program: 'valgrind',
    pkg: 'valgrind',
    args: ['-q', '--error-exitcode=9'],
    checked: ['open EACCES', 'open EACCES'],
  },
  // It knows neither openat2 nor, for a descriptor, execveat.
  { program: 'qemu-x86_64', pkg: 'qemu-user', args: [], checked: ['open EACCES', 'open EACCES'] },
  { program: 'fakechroot', pkg: 'fakechroot', args: [], checked: ['open ok', 'open EACCES'] },
  {
    program: 'bwrap',
    pkg: 'bubblewrap',
    args: ['--bind', '/', '/', '--dev', '/dev', '--proc', '/proc', '--unshare-all'],
    checked: ['open ok', 'open EACCES'],
  },
  { program: 'strace', pkg: 'strace', args: ['-f', '-o', '/dev/null'], checked: ['open ok', 'open EACCES'] },
] as const;

describe.each(LAYERS)('$program', ({ program, pkg, args, checked }) => {
  const here = [gcc, tool(program, pkg)];

  test('runs the program, and nothing fails that worked', needs(...here), async () => {
    expect(await drive(plain, { under: [program, ...args] })).toEqual(asEver);
  });

  test('executes nothing when the check is demanded', needs(...here, securebits), async () => {
    const answers = await drive(plain.slice(0, 2), { under: [program, ...args], recipe: restricted });
    expect(answers).toEqual(checked);
    expect(scripts.ran()).toBe(false);
  });
});

describe('system calls', needs(gcc, tool('strace')), () => {
  const calls = async (actions: readonly string[], recipe = {}): Promise<string[]> => {
    const log = join(scripts.folder, 'strace');
    const trace = ['strace', '-f', '-qq', '-e', 'trace=openat2,execveat,prctl,access,faccessat', '-o', log];
    await driven(actions, { under: trace, recipe: { source: 'drive.c', ...recipe } });
    const lines = readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => !line.includes('ld.so.preload'));
    return lines.flatMap((line) => /^\d+\s+(\w+)\(/.exec(line)?.[1] ?? []);
  };

  test('with no bit set: one probe a process, one prctl an open, no execveat', async () => {
    const opens = Array<string>(5).fill(`open=${scripts.no}`);
    expect(await calls(opens)).toEqual(['openat2', 'access', ...Array<string>(5).fill('prctl')]);
  });

  test('MAYEXEC_DISABLE: none of them', async () => {
    expect(
      await calls([`open=${scripts.no}`, 'denied', 'passes=0'], { flags: ['-DMAYEXEC_DISABLE'] }),
    ).toEqual([]);
  });
});

test('fakechroot goes on translating paths', needs(gcc, tool('fakechroot')), async () => {
  copyFileSync(await build({ source: 'drive.c' }), join(scripts.folder, 'drive'));
  const { run } = await import('../../src/programs/run.ts');
  const ended = await run('fakechroot', ['/usr/sbin/chroot', scripts.folder, '/drive', 'open=/no'], {
    purpose: 'paths under fakechroot',
    package: 'fakechroot',
  });
  expect(ended.stdout.toString()).toBe('open 0\n');
});

test('nothing was executed', () => {
  expect(scripts.ran()).toBe(false);
});
