import { createHash } from 'node:crypto';
import { constants, tmpdir } from 'node:os';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, type Ended } from '../../src/programs/run.ts';
import { renderRuntime, type RuntimeOptions } from '../../src/runtime/render.ts';
import { packageFolder } from '../../src/package.ts';
import { demand, gcc } from '../needs.ts';

/** The tests' own C and the helper as they include it. */
export const sources = join(packageFolder, 'test', 'runtime');

/** The helper with everything that it can do, for the tests' programs. */
export const EVERYTHING: RuntimeOptions = {
  prefix: 't_',
  style: 'knr',
  ansi: true,
  part: 'source',
  stdio: true,
  interactive: true,
  passes: true,
  descriptor: true,
  threads: true,
  retried: true,
  exempt: 'variable',
};

/** A program that is built: a source of this folder, the compiler and its arguments. */
export interface Recipe {
  readonly source: 'drive.c' | 'supervise.c' | 'opens.c' | 'threads.c' | 'checked.c';
  readonly compiler?: string;
  readonly flags?: readonly string[];
  readonly runtime?: Partial<RuntimeOptions>;
}

const PACKAGES: Readonly<Record<string, string>> = {
  gcc: 'gcc',
  clang: 'clang',
  'musl-gcc': 'musl-tools',
  diet: 'dietlibc-dev',
};

/** The Debian package of a compiler. */
export function packageOf(compiler: string): string {
  return PACKAGES[compiler] ?? compiler;
}

/**
 * Builds a program, or finds it built already: the folder's name holds everything that it is made from, so that
 * test files that run side by side share it.
 */
export async function build(recipe: Recipe): Promise<string> {
  const [compiler = 'gcc', ...before] = (recipe.compiler ?? 'gcc').split(' ');
  if (compiler === 'gcc') demand(gcc);
  const runtime = renderRuntime({ ...EVERYTHING, ...recipe.runtime });
  const flags = ['-std=gnu17', '-O1', '-Wall', '-Wextra', '-pthread', ...(recipe.flags ?? [])];
  const main = readFileSync(join(sources, recipe.source), 'utf8');
  const key = createHash('sha256')
    .update([compiler, ...before, ...flags, runtime, main].join('\0'))
    .digest('hex');
  const root = join(tmpdir(), `mayexec-runtime-${process.getuid?.() ?? 0}`);
  const folder = join(root, key.slice(0, 16));
  const program = join(folder, 'program');
  if (existsSync(program)) return program;
  mkdirSync(root, { recursive: true, mode: 0o755 });
  const made = mkdtempSync(join(root, 'making-'));
  writeFileSync(join(made, 'runtime.c'), `#define _GNU_SOURCE\n${runtime}`);
  const args = [...before, ...flags, '-I', made, '-o', join(made, 'program'), join(sources, recipe.source)];
  const ended = await run(compiler, args, { purpose: 'the C tests', package: packageOf(compiler) });
  if (ended.status !== 0) throw new Error(`${compiler} ${args.join(' ')}\n${ended.stderr.toString()}`);
  await run('chmod', ['-R', 'a+rX', made], { purpose: 'the C tests', package: 'coreutils' });
  try {
    renameSync(made, folder);
  } catch {
    // Another test file was faster; both are the same.
  }
  return program;
}

/** One system call that is answered by an error, and when. */
export interface Injection {
  readonly call: 'openat2' | 'execveat' | 'prctl';
  readonly error: string;
  readonly when: 'always' | 'once' | 'probe' | 'real' | 'retry';
}

/** What surrounds a run of drive.c. */
export interface Surroundings {
  readonly recipe?: Recipe;
  /** A kernel that knows the flag, with this policy. */
  readonly kernel?: 0 | 1 | 2 | 3;
  readonly inject?: readonly Injection[];
  /** Program and arguments that the program is run by. */
  readonly under?: readonly string[];
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs drive.c with its actions; returns one line for each question: `open EACCES`, `denied 0`, ... */
export async function drive(actions: readonly string[], around: Surroundings = {}): Promise<string[]> {
  const ended = await driven(actions, around);
  if (ended.status !== 0) {
    throw new Error(
      `${actions.join(' ')}: ${ended.status} ${ended.signal ?? ''}\n${ended.stderr.toString()}`,
    );
  }
  return ended.stdout.toString().split('\n').filter(Boolean).map(named);
}

/** The same, as it ended. */
export async function driven(actions: readonly string[], around: Surroundings = {}): Promise<Ended> {
  const command = [...(around.under ?? [])];
  if (around.kernel !== undefined || around.inject !== undefined) {
    command.push(await build({ source: 'supervise.c' }));
    if (around.kernel !== undefined) command.push('-k', String(around.kernel));
    for (const { call, error, when } of around.inject ?? [])
      command.push('-i', `${call}:${errno(error)}:${when}`);
  }
  command.push(await build(around.recipe ?? { source: 'drive.c' }), ...actions);
  const [program = '', ...args] = command;
  return run(program, args, {
    purpose: 'the C tests',
    package: 'util-linux',
    timeout: 60_000,
    ...(around.input !== undefined && { input: around.input }),
    ...(around.env !== undefined && { env: around.env }),
  });
}

/** The number of an errno by its name. */
export function errno(name: string): number {
  const found = Object.entries(constants.errno).find(([each]) => each === name);
  if (found === undefined) throw new Error(`no errno ${name}`);
  return found[1];
}

/** The name of an errno, or its number where it has none here. */
export function errnoNamed(number: number): string {
  return Object.entries(constants.errno).find(([, value]) => value === number)?.[0] ?? String(number);
}

function named(line: string): string {
  if (line.startsWith('log')) return line;
  const [what = '', number = ''] = line.split(' ');
  return what === 'lost' ? line : `${what} ${number === '0' ? 'ok' : errnoNamed(Number(number))}`;
}
