import { join } from 'node:path';
import { packageFolder } from '../../src/package.ts';
import { run } from '../../src/programs/run.ts';

/** Compiles the library that plays a kernel with the flag. */
export async function playedKernel(folder: string): Promise<string> {
  const library = join(folder, 'kernel.so');
  const source = join(packageFolder, 'test/interpreters/kernel.c');
  const ended = await run('gcc', ['-shared', '-fPIC', '-O1', '-Wall', '-o', library, source, '-ldl'], {
    purpose: 'a kernel that knows the flag',
    package: 'gcc',
  });
  if (ended.status !== 0) throw new Error(ended.stderr.toString());
  return library;
}
