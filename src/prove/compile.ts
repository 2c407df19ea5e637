import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageFolder } from '../package.js';
import { problem } from '../problems.js';
import { run } from '../programs/run.js';
import { diskProblem, makeFolder } from '../source/disk.js';
import { CACHE_CHOICE, checkRunnable, checkRunsThere } from './runs-there.js';
import { diskAtFault } from './step.js';

/** Warnings are errors: the programs are the kit's own, and a compiler that warns has found something. */
const FLAGS = ['-std=gnu11', '-O2', '-Wall', '-Wextra', '-Werror'];

/** Where the source of one of the beds' programs lies. */
export function sourceOf(name: string): string {
  return join(packageFolder, 'src', 'prove', `${name}.c`);
}

/**
 * Compiles a C file once: the program is kept under its content's name.
 *
 * @param source path of the file
 * @param cache folder that is kept from one run to the next; made when missing
 * @param flags added to the usual ones
 * @returns path of the program
 * @throws Problem `missing-tool` without gcc, `tool-failed` when it does not compile; `noexec`, `read-only`, `disk-full`
 * for a cache that is of no use
 */
export async function compile(source: string, cache: string, flags: readonly string[] = []): Promise<string> {
  const all = [...FLAGS, ...flags];
  const name = source.replace(/^.*\//, '').replace(/\.c$/, '');
  const sum = createHash('sha256')
    .update(JSON.stringify([process.arch, all]))
    .update(readFileSync(source))
    .digest('hex');
  const folder = join(cache, 'beds');
  const program = join(folder, `${name}-${sum.slice(0, 16)}`);
  if (existsSync(program)) {
    checkRunnable(program, cache, CACHE_CHOICE);
    return program;
  }
  checkRunsThere(cache, CACHE_CHOICE);
  makeFolder(folder);
  // Two may compile at once: each has a name of its own, and the last one's is as good as the first's.
  const half = `${program}.${process.pid}`;
  try {
    const gcc = await run('gcc', [...all, '-o', half, source], {
      purpose: 'test beds',
      package: 'gcc libc6-dev',
    });
    if (gcc.status !== 0) {
      const message = gcc.stderr.toString().trim();
      throw (
        diskAtFault([folder, tmpdir()], message) ??
        problem('tool-failed', { tool: 'gcc', status: gcc.status, message })
      );
    }
    renameSync(half, program);
  } catch (error) {
    throw diskProblem(error, folder);
  } finally {
    rmSync(half, { force: true });
  }
  return program;
}
