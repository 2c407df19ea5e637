import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { needs, tool } from '../needs.ts';
import { linkedAt } from './segments.ts';

const work = mkdtempSync(join(tmpdir(), 'mayexec-test-segments-'));
afterAll(() => {
  rmSync(work, { recursive: true });
});

it.for([['-pie'], ['-no-pie']])(
  'a place in a program linked with %s is where nm has its function',
  needs(tool('gcc'), tool('nm')),
  ([option = '']) => {
    const [source, program] = [join(work, 'a.c'), join(work, `a${option}`)];
    // Bytes that are found once in the file: where the function's code begins with them is no guess.
    const mark = '0x1122334455667788';
    writeFileSync(
      source,
      `__attribute__((naked)) void marked(void) { __asm__(".quad ${mark}"); }\nint main(void) { return 0; }\n`,
    );
    execFileSync('gcc', [option, '-o', program, source]);
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(mark));
    const offset = readFileSync(program).indexOf(bytes);
    const [, address = ''] =
      /^([0-9a-f]+) T marked$/m.exec(execFileSync('nm', [program], { encoding: 'utf8' })) ?? [];
    expect(offset).toBeGreaterThan(0);
    expect(linkedAt(program, offset)).toBe(Number.parseInt(address, 16));
  },
);

it('a file that is no program is refused, and a place that is not loaded', () => {
  const file = join(work, 'text');
  writeFileSync(file, 'no program');
  expect(() => linkedAt(file, 0)).toThrow('is no ELF file');
  expect(() => linkedAt(process.execPath, Number.MAX_SAFE_INTEGER)).toThrow('nothing is loaded');
});
