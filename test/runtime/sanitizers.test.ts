import { afterAll, describe, expect, test } from 'vitest';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gcc, gcc32, given, has, needs, securebits } from '../needs.ts';
import { drive, driven, type Recipe } from './lab.ts';
import { makeScripts } from './ground.ts';

const scripts = makeScripts();
afterAll(scripts.remove);

const SANITIZERS = [
  { name: 'address and undefined', flags: ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'] },
  { name: 'thread', flags: ['-fsanitize=thread'] },
] as const;

/** Everything that the helper does, with a name for the log that needs each kind of escape. */
const everything = [
  'stdin',
  'errno=7',
  `open=${scripts.yes}`,
  `open=${scripts.no}`,
  'open=/nowhere',
  `open=/no\nwhere\\\x7f${'x'.repeat(2000)}`,
  `fopen=${scripts.yes}:rb`,
  `fopen=${scripts.yes}:`,
  'denied',
  'passes=0',
  'descriptor=0',
  `stdin=${scripts.yes}`,
  'passes=0',
  'descriptor=0',
  `threads=${scripts.no}`,
];
// The threads' addresses must lie where this compiler's runtime expects them.
const fixed = spawnSync('setarch', ['-R', 'true']).status === 0 ? ['setarch', '-R'] : [];

describe.each(SANITIZERS)('the $name sanitizer', needs(gcc), ({ flags }) => {
  const recipe = (...defines: readonly string[]): Recipe => ({
    source: 'drive.c',
    flags: ['-g', ...flags, '-DCATCH_SYSLOG', '-DMAYEXEC_SYSLOG', ...defines],
  });
  const clean = async (actions: readonly string[], around: Parameters<typeof driven>[1]): Promise<string> => {
    const ended = await driven(actions, around);
    expect(ended.stderr.toString()).toBe('');
    expect(ended.status).toBe(0);
    return ended.stdout.toString();
  };

  test('on a kernel without the flag', async () => {
    await clean(everything, { recipe: recipe(), under: fixed });
  });

  test('on a kernel with the flag', async () => {
    const out = await clean(everything, {
      recipe: recipe('-DMAYEXEC_DENY_INTERACTIVE'),
      kernel: 2,
      under: fixed,
    });
    expect(out).toContain('log code refused: commands from no file: Permission denied');
  });

  test('with both securebits', needs(securebits), async () => {
    await clean(['bits=0x500', ...everything], { recipe: recipe('-DMAYEXEC_REPORT_ONLY'), under: fixed });
  });
});

test('optimised with everything that checks at run time', needs(gcc), async () => {
  const recipe = {
    source: 'drive.c',
    flags: ['-O3', '-U_FORTIFY_SOURCE', '-D_FORTIFY_SOURCE=3', '-flto'],
  } as const;
  expect(await drive([`open=${scripts.no}`, 'stdin', 'descriptor=0'], { recipe, kernel: 2 })).toEqual([
    'open EACCES',
    'descriptor EACCES',
  ]);
});

/** Whether programs of 32 bits can be run here: some kernels were built without them. */
function runs32Bits(): boolean {
  const program = join(mkdtempSync(join(tmpdir(), 'mayexec-32-')), 'program');
  const made = spawnSync('gcc', ['-m32', '-x', 'c', '-o', program, '-'], {
    input: 'int main(void) { return 0; }',
  });
  const runs = made.status === 0 && spawnSync(program).status === 0;
  rmSync(dirname(program), { recursive: true });
  return runs;
}

const words32 = given(
  'a kernel that runs 32-bit programs',
  'boot another kernel',
  has(gcc32) && runs32Bits(),
);

test(
  '32 bits, built without large files: as before; with the flag also a large file',
  needs(gcc32, words32),
  async () => {
    const recipe = { source: 'opens.c', flags: ['-m32'] } as const;
    const large = `${scripts.yes}-large`;
    expect(spawnSync('truncate', ['-s', '3G', large]).status).toBe(0);
    const opens = (path: string): Promise<string[]> => drive(['helper', '1', path], { recipe });
    expect(await opens(scripts.no)).toEqual(['open ok']);
    expect(await opens(large)).toEqual(['open EOVERFLOW']);
    expect(await drive(['helper', '1', large], { recipe, kernel: 0 })).toEqual(['open ok']);
  },
);
