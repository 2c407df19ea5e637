import { afterAll, describe, expect, test } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../src/programs/run.ts';
import { renderRuntime } from '../../src/runtime/render.ts';
import { kernelHeaders, needs, tool } from '../needs.ts';
import { EVERYTHING } from './lab.ts';

/**
 * An unpacked linux-libc-dev of 6.11 or later, which holds the headers of all architectures: its usr/include. The
 * installed one has those of this machine.
 */
const headers = process.env['MAYEXEC_KERNEL_HEADERS'];

const folder = mkdtempSync(join(tmpdir(), 'mayexec-architectures-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Folder of headers, clang's target, and another flag. */
const KEEP_THE_FLAG = [
  ['x86_64-linux-gnu', 'x86_64-linux-gnu'],
  ['x86_64-linux-gnu', 'x86_64-linux-gnux32'],
  ['i386-linux-gnu', 'i386-linux-gnu'],
  ['aarch64-linux-gnu', 'aarch64-linux-gnu'],
  ['arm-linux-gnueabihf', 'arm-linux-gnueabihf'],
  ['m68k-linux-gnu', 'm68k-linux-gnu'],
  ['mipsel-linux-gnu', 'mipsel-linux-gnu'],
  ['mips64-linux-gnuabi64', 'mips64-linux-gnuabi64'],
  ['mips64-linux-gnuabi64', 'mips64-linux-gnuabin32'],
  ['powerpc64le-linux-gnu', 'powerpc64le-linux-gnu'],
  ['riscv64-linux-gnu', 'riscv64-linux-gnu'],
  ['s390x-linux-gnu', 's390x-linux-gnu'],
] as const;
const USE_THE_BIT = ['alpha-linux-gnu', 'hppa-linux-gnu', 'sparc64-linux-gnu'];

/** What clang says to a program, with the headers of an architecture alone. */
async function clang(
  include: string,
  target: string,
  program: string,
  ...more: readonly string[]
): Promise<string> {
  const file = join(folder, `${include}-${target}.c`);
  writeFileSync(file, program);
  const dirs = ['-nostdinc', '-ffreestanding', '-I', join(headers ?? '', include), '-I', headers ?? ''];
  const args = [`--target=${target}`, ...dirs, ...(more.length > 0 ? more : ['-fsyntax-only']), file];
  const ended = await run('clang', args, { purpose: 'other architectures', package: 'clang' });
  return ended.status === 0 ? ended.stdout.toString() : ended.stderr.toString();
}

/** Names of the flags of open whose value has the bit. */
async function usersOfTheBit(include: string, target: string): Promise<string[]> {
  const all = await clang(include, target, '#include <asm/fcntl.h>\n', '-E', '-dM');
  const names = [...all.matchAll(/^#define (_*O_\w+|FASYNC) /gm)].map(([, name = '']) => name);
  expect(names).toContain('O_CLOEXEC');
  const asserts = names.map(
    (name) => `_Static_assert(!((${name}) & 040000000), "user of the bit: ${name};");`,
  );
  const said = await clang(include, target, ['#include <asm/fcntl.h>', ...asserts].join('\n'));
  return [...said.matchAll(/user of the bit: (\w+);/g)].map(([, name = '']) => name);
}

/** The piece of the helper that makes up for headers without a number for openat2. */
function numberOfOpenat2(): string {
  const source = renderRuntime({ ...EVERYTHING, style: 'linux' });
  const from = source.indexOf('#if !defined(SYS_openat2)');
  return source.slice(from, source.indexOf('#if !defined(AT_EMPTY_PATH)', from));
}

describe('other architectures', needs(kernelHeaders, tool('clang')), () => {
  test.each(KEEP_THE_FLAG)(
    '%s %s: the bit is free, the number of openat2 is right',
    async (include, target) => {
      expect(await usersOfTheBit(include, target)).toEqual([]);
      const check = '_Static_assert(SYS_openat2 == __NR_openat2, "another number");';
      expect(
        await clang(include, target, ['#include <asm/unistd.h>', numberOfOpenat2(), check].join('\n')),
      ).toBe('');
    },
  );

  test.each(USE_THE_BIT)('%s takes the bit for something else', async (include) => {
    expect(await usersOfTheBit(include, 'x86_64-linux-gnu')).not.toEqual([]);
  });
});
