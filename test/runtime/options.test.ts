import { afterAll, describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gcc, needs, securebits, tool } from '../needs.ts';
import { drive, driven, type Recipe } from './lab.ts';
import { makeScripts } from './ground.ts';
import { optionTable } from './optionTable.ts';
import { pageWith } from './page.ts';

const scripts = makeScripts();
afterAll(scripts.remove);

test(
  'docs/helper.md has the table that running the options gives (UPDATE=1 rewrites it)',
  needs(gcc, securebits),
  async () => {
    const { text, made } = pageWith('test/runtime/options.test.ts', await optionTable(scripts));
    expect(text).toBe(made);
  },
);

function built(...defines: readonly string[]): Recipe {
  return { source: 'drive.c', flags: ['-DCATCH_SYSLOG', ...defines.map((name) => `-DMAYEXEC_${name}`)] };
}

describe('MAYEXEC_SYSLOG', () => {
  test('a refusal by the flag is logged, and its errno kept', async () => {
    expect(
      await drive([`open=${scripts.no}`, 'open=/nowhere'], { kernel: 2, recipe: built('SYSLOG') }),
    ).toEqual([`log code refused: ${scripts.no}: Permission denied`, 'open EACCES', 'open ENOENT']);
  });

  test('a refusal by the check is logged with its own reason', needs(securebits), async () => {
    const actions = ['bits=0x100', `write=${scripts.yes}`, `open=${scripts.yes}`];
    expect(await drive(actions, { recipe: built('SYSLOG') })).toEqual([
      `log code refused: ${scripts.yes}: Text file busy`,
      'open EACCES',
    ]);
  });

  test('a name cannot look like another line, and a long one is cut', async () => {
    const recipe = built('SYSLOG');
    const inject = [{ call: 'openat2', error: 'EACCES', when: 'real' }] as const;
    const [line] = await drive(['open=/a\nb\\c\x7f\x1bé'], { kernel: 2, inject, recipe });
    expect(line).toBe('log code refused: /a\\012b\\134c\\177\\033é: Permission denied');
    const [long = ''] = await drive([`open=/${'\n'.repeat(3000)}`], { kernel: 2, inject, recipe });
    expect(long.length).toBeLessThan(1100);
    expect(long).toMatch(/^log code refused: \/(\\012)+: Permission denied$/);
  });

  test('without it nothing is logged', async () => {
    expect(await drive([`open=${scripts.no}`], { kernel: 2, recipe: built() })).toEqual(['open EACCES']);
  });
});

describe('MAYEXEC_REPORT_ONLY', () => {
  test('says what would be refused, and goes on', needs(securebits), async () => {
    const actions = [
      'bits=0x500',
      `open=${scripts.no}`,
      'denied',
      'stdin',
      'passes=0',
      'descriptor=0',
      'open=/nowhere',
    ];
    expect(await drive(actions, { recipe: built('REPORT_ONLY') })).toEqual([
      `log code would be refused: ${scripts.no}: Permission denied`,
      'open ok',
      'log code would be refused: commands from no file: Permission denied',
      'denied ok',
      'log code would be refused: commands read from a descriptor: Permission denied',
      'passes ok',
      'log code would be refused: a descriptor named as the file to execute: Permission denied',
      'descriptor ok',
      'open ENOENT',
    ]);
  });
});

describe('MAYEXEC_CHECK_ALWAYS', needs(gcc, tool('strace')), () => {
  const checks = async (...defines: readonly string[]): Promise<number> => {
    const log = join(scripts.folder, 'audit');
    const under = ['strace', '-o', log, '-e', 'trace=execveat'];
    await driven([`stdin=${scripts.no}`, `open=${scripts.no}`, `open=${scripts.yes}`], {
      under,
      recipe: built(...defines),
    });
    return readFileSync(log, 'utf8').split('AT_EMPTY_PATH|0x10000').length - 1;
  };

  test('shows each file of code to the kernel, whatever the policy', async () => {
    expect(await checks('CHECK_ALWAYS')).toBe(2);
    expect(await checks()).toBe(0);
  });
});

test('nothing was executed', () => {
  expect(scripts.ran()).toBe(false);
});
