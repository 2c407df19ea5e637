import { afterAll, describe, expect, test } from 'vitest';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../src/programs/run.ts';
import { gcc, given, kernelHeaders, needs, tool } from '../needs.ts';
import { drive } from './lab.ts';
import { makeScripts } from './ground.ts';

const scripts = makeScripts();
const folder = mkdtempSync(join(tmpdir(), 'mayexec-headers-'));
afterAll(() => {
  scripts.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** semantics.md: valid in openat2 alone. */
const O_MAYEXEC = 0o40000000n;

/** Names and values of the flags of open and openat2 in a folder of kernel headers. */
async function flags(include: string): Promise<Map<string, bigint>> {
  const lists = [join(include, 'asm-generic/fcntl.h'), join(include, 'linux/openat2.h')].filter((file) =>
    existsSync(file),
  );
  const text = lists.map((file) => readFileSync(file, 'utf8')).join('\n');
  const names = new Set(
    [...text.matchAll(/^#\s*define\s+(_*O_\w+|FASYNC|OPENAT2_\w+)\s/gm)].map(([, name = '']) => name),
  );
  const program = [
    ...['stdio.h', 'linux/types.h'].map((file) => `#include <${file}>`),
    ...lists.map((file) => `#include "${file}"`),
    'int main(void) {',
    ...[...names].map((name) => `printf("%s %llu\\n", "${name}", (unsigned long long)(${name}));`),
    'return 0; }',
  ];
  const made = mkdtempSync(join(folder, 'flags-'));
  writeFileSync(join(made, 'flags.c'), program.join('\n'));
  const gcc = await run('gcc', ['-o', join(made, 'flags'), join(made, 'flags.c')], {
    purpose: 'kernel headers',
    package: 'gcc',
  });
  expect(gcc.stderr.toString()).toBe('');
  const printed = await run(join(made, 'flags'), [], { purpose: 'kernel headers', package: 'gcc' });
  const lines = printed.stdout.toString().trim().split('\n');
  return new Map(lines.map((line) => [line.split(' ')[0] ?? '', BigInt(line.split(' ')[1] ?? '')]));
}

/** The bit is nobody else's in these headers, for the architectures on which the helper uses it. */
async function expectFree(include: string): Promise<void> {
  const found = await flags(include);
  expect(found.get('O_PATH')).toBe(0o10000000n);
  expect([...found].filter(([, value]) => (value & O_MAYEXEC) !== 0n)).toEqual([]);
  // Flags of openat2 alone begin at bit 32 by now: the value is a macro because the kernel may want another one.
  for (const [name, value] of found) if (name.startsWith('OPENAT2_')) expect(value >= 1n << 32n).toBe(true);
}

describe('the value of the flag', () => {
  const rendered = readFileSync(join(import.meta.dirname, '../../src/runtime/c/kernel.ejs'), 'utf8');

  test('stands once', () => {
    expect(rendered.match(/0?40000000\b/g)).toEqual(['040000000', '40000000']);
    expect(BigInt(`0o${/uint64_t\)(0\d+)/.exec(rendered)?.[1] ?? '0'}`)).toBe(O_MAYEXEC);
  });

  test('is free in the kernel headers that are installed', needs(gcc), async () => {
    await expectFree('/usr/include');
  });

  /** An unpacked linux-libc-dev, newer than the installed one: its usr/include. */
  const newest = process.env['MAYEXEC_KERNEL_HEADERS'];
  test('is free in the newest kernel headers', needs(kernelHeaders), async () => {
    await expectFree(newest ?? '');
  });
});

describe('headers that are older than openat2', () => {
  test('without a number for it the flag is still passed', needs(gcc), async () => {
    writeFileSync(
      join(folder, 'old.h'),
      ['#define _GNU_SOURCE', '#include <fcntl.h>', '#include <sys/syscall.h>']
        .concat(
          ['SYS_openat2', '__NR_openat2', 'AT_EMPTY_PATH', 'O_LARGEFILE'].map((name) => `#undef ${name}`),
        )
        .join('\n'),
    );
    const old = { source: 'drive.c', flags: ['-DOLD_HEADERS', '-include', join(folder, 'old.h')] } as const;
    expect(await drive([`open=${scripts.no}`, `open=${scripts.yes}`], { kernel: 2, recipe: old })).toEqual([
      'open EACCES',
      'open ok',
    ]);
  });

  const diet = needs(gcc, tool('diet', 'dietlibc-dev'));
  test('dietlibc, whose headers know neither openat2 nor execveat', diet, async () => {
    // It declares syscall in a way of its own.
    const shim = join(folder, 'diet.h');
    writeFileSync(shim, '#define syscall of_diet\n#include <sys/syscall.h>\n#undef syscall\n');
    const program = {
      source: 'opens.c',
      compiler: 'diet gcc',
      flags: ['-w', '-include', shim, '-Wl,-u,syscall', '-lcompat'],
    } as const;
    const opens = async (path: string, kernel?: 2): Promise<string[]> =>
      drive(['helper', '1', path], { recipe: program, ...(kernel !== undefined && { kernel }) });
    expect(await opens(scripts.no)).toEqual(['open ok']);
    expect(await opens(scripts.no, 2)).toEqual(['open EACCES']);
    expect(await opens(scripts.yes, 2)).toEqual(['open ok']);
  });

  const list = '/usr/include/asm-generic/unistd.h';
  const numbered = given('the kernel headers', 'apt-get install linux-libc-dev', existsSync(list), true);
  test('the number is the one of the kernel headers', needs(numbered), () => {
    const numbers = readFileSync(list, 'utf8');
    expect(/__NR_openat2 (\d+)/.exec(numbers)?.[1]).toBe('437');
  });
});
