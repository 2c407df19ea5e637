import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { packageFolder } from '../package.ts';
import { problem } from '../problems.ts';
import { run } from '../programs/run.ts';
import { allOrNothing, sweep } from '../source/partial.ts';
import { CACHE_CHOICE, checkRunnable, checkRunsThere } from './runs-there.ts';
import { diskAtFault } from './step.ts';

/** Warnings are errors: the programs are the kit's own, and a compiler that warns has found something. */
const FLAGS = ['-std=gnu11', '-O2', '-Wall', '-Wextra', '-Werror'];

/** Where the source of one of the beds' programs lies: a C file, or a folder of C files and their headers. */
export function sourceOf(name: string): string {
  const folder = join(packageFolder, 'src', 'prove', name);
  return existsSync(folder) ? folder : `${folder}.c`;
}

/** All files that a program is made of, headers too; those of a folder in the order of their names. */
function filesOf(source: string): readonly string[] {
  if (source.endsWith('.c')) return [source, ...headersOf(source)];
  const names = readdirSync(source).filter((name) => /\.[ch]$/.test(name));
  return names.sort().map((name) => join(source, name));
}

/** The headers that a single file names in quotes. They name none themselves. */
function headersOf(source: string): readonly string[] {
  const named = readFileSync(source, 'utf8').matchAll(/^#include "(.+)"$/gm);
  return [...named].map(([, name = '']) => join(dirname(source), name));
}

/**
 * Compiles a program once: it is kept under a name that follows from the content of all its files.
 *
 * @param source path of a C file, or of a folder whose C files make one program
 * @param cache folder that is kept from one run to the next; made when missing
 * @param flags added to the usual ones
 * @returns path of the program
 * @throws Problem `missing-tool` without gcc, `tool-failed` when it does not compile; `noexec`, `read-only`, `disk-full`
 * for a cache that is of no use
 */
export async function compile(source: string, cache: string, flags: readonly string[] = []): Promise<string> {
  const all = [...FLAGS, ...flags];
  const name = basename(source, '.c');
  const files = filesOf(source);
  const hash = createHash('sha256').update(JSON.stringify([process.arch, all]));
  for (const file of files) {
    const content = readFileSync(file);
    hash.update(JSON.stringify([basename(file), content.length])).update(content);
  }
  const sum = hash.digest('hex');
  const folder = join(cache, 'beds');
  const program = join(folder, `${name}-${sum.slice(0, 16)}`);
  if (existsSync(program)) {
    checkRunnable(program, cache, CACHE_CHOICE);
    return program;
  }
  checkRunsThere(cache, CACHE_CHOICE);
  sweep(folder);
  // Two may compile at once, also in one process or in two containers that share the cache.
  await allOrNothing(program, async (half) => {
    const gcc = await run('gcc', [...all, '-o', half, ...files.filter((file) => file.endsWith('.c'))], {
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
  });
  return program;
}
