import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compile, sourceOf } from '../../src/prove/compile.ts';
import { demand, gcc } from '../needs.ts';

let folder = '';
let source = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mayexec-compile-'));
  source = join(folder, 'sum');
  mkdirSync(source);
  write(
    'main.c',
    '#include <stdio.h>\n#include "part.h"\nint main(void) { printf("%d\\n", part()); return 0; }\n',
  );
  write('part.c', '#include "part.h"\nint part(void) { return PART; }\n');
  write('part.h', '#define PART 1\nint part(void);\n');
});

beforeEach(() => {
  demand(gcc);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, text: string): void {
  writeFileSync(join(source, name), text);
}

async function says(from = source): Promise<readonly [program: string, said: string]> {
  const program = await compile(from, folder);
  return [program, spawnSync(program, { encoding: 'utf8' }).stdout];
}

describe('a program of several files', () => {
  it('is compiled again when any of them has changed, its headers too, and only then', async () => {
    const [first, one] = await says();
    expect(one).toBe('1\n');
    expect(await says()).toEqual([first, one]);
    write('part.h', '#define PART 2\nint part(void);\n');
    expect((await says())[1]).toBe('2\n');
    write('part.c', '#include "part.h"\nint part(void) { return PART + 1; }\n');
    expect((await says())[1]).toBe('3\n');
    const [last] = await says();
    write('notes.txt', 'no part of it\n');
    expect((await says())[0]).toBe(last);
  });

  it('is whole where several ask for it at once, and nothing half-made is left', async () => {
    write('part.h', '#define PART 4\nint part(void);\n');
    const before = readdirSync(join(folder, 'beds')).length;
    const all = await Promise.all(Array.from({ length: 4 }, () => says()));
    expect(all.map(([, said]) => said)).toEqual(['5\n', '5\n', '5\n', '5\n']);
    expect(new Set(all.map(([program]) => program)).size).toBe(1);
    expect(readdirSync(join(folder, 'beds'))).toHaveLength(before + 1);
  });

  it('is also one file with a header elsewhere', async () => {
    const header = join(folder, 'number.h');
    write(
      'alone.c',
      '#include <stdio.h>\n#include "../number.h"\nint main(void) { return printf(NUMBER) < 0; }\n',
    );
    writeFileSync(header, '#define NUMBER "4"\n');
    const alone = join(source, 'alone.c');
    const first = await says(alone);
    expect(first[1]).toBe('4');
    expect(await says(alone)).toEqual(first);
    writeFileSync(header, '#define NUMBER "5"\n');
    expect((await says(alone))[1]).toBe('5');
    rmSync(alone);
  });

  it('is the supervisor, whose files are all short', () => {
    const parts = sourceOf('supervisor');
    expect(existsSync(join(parts, 'main.c'))).toBe(true);
    const long = readdirSync(parts).filter(
      (name) => readFileSync(join(parts, name), 'utf8').split('\n').length > 600,
    );
    expect(long).toEqual([]);
  });
});
