import { join } from 'node:path';
import { compile } from '../../src/prove/compile.ts';
import type { Interpreters } from '../../src/prove/controls.ts';
import { packageFolder } from '../../src/package.ts';
import { demand, gcc } from '../needs.ts';
import { cache } from './place.ts';

/** An interpreter in two builds, and how it speaks. */
export interface Subject extends Interpreters {
  readonly name: string;
  /** A script that runs another file in its own process, and says so before. */
  readonly sources: (file: string) => string;
  /** What the patched one says of a file that it may not run; the status that it ends with. */
  readonly refusal: (file: string) => RegExp;
  readonly status: number;
}

/** Compiles a C file of the tests. */
export function testProgram(name: string, flags: readonly string[] = []): Promise<string> {
  demand(gcc);
  return compile(join(packageFolder, 'test', 'prove', `${name}.c`), cache, flags);
}

/** A toy that opens files as a patched interpreter does. */
export async function toy(): Promise<Subject> {
  return {
    name: 'toy',
    stock: await testProgram('toy'),
    patched: await testProgram('toy', ['-DPATCHED']),
    script: 'say it ran\n',
    says: 'it ran\n',
    sources: (file) => `say before\nsource ${file}\n`,
    refusal: (file) => new RegExp(`^toy: ${file}: Permission denied$`, 'm'),
    status: 126,
  };
}
