import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { packageFolder } from '../../package.ts';
import { problem } from '../../problems.ts';
import { allOrNothing } from '../../source/partial.ts';
import { keepRecent } from '../build.ts';
import { CACHE_CHOICE, checkRunnable, checkRunsThere } from '../runs-there.ts';
import { step } from '../step.ts';
import { hasProgram, lackingPrograms } from './needed.ts';

/** Goes up when the same inputs are to be built in another way. */
const BUILDER = 1;

const CONFIG = join(packageFolder, 'src', 'prove', 'uml', 'kernel.config');

/** The architecture that is built: of the processors that User Mode Linux has, the one that the kit is tried on. */
const MAKE = ['ARCH=um', 'SUBARCH=x86_64'] as const;

/** Object files of such a kernel, about. */
const OBJECTS = 620;

/** A kernel's source, and what is to be done to it. */
export interface KernelSource {
  /** As its release has it. */
  readonly version: string;
  /** Path of the archive. */
  readonly tarball: string;
  /** Its sum. */
  readonly sha256: string;
  /** Texts of the series (latin1), in order. */
  readonly patches: readonly string[];
}

/**
 * User Mode Linux keeps the state of a process's registers in so many bytes, and dies at its first process where the
 * host's processor has more: AMX needs 11,008. The kernel's stack holds it, and is larger here for that.
 */
const STATE = {
  file: 'arch/x86/um/user-offsets.c',
  before: 'DEFINE_LONGS(HOST_FP_SIZE, 2696);',
  after: 'DEFINE_LONGS(HOST_FP_SIZE, 12288);',
} as const;

/** Told what is done, as building a kernel takes minutes. */
export interface Teller {
  step(text: string): void;
  count(done: number, total: number): void;
}

/**
 * Where the kernel of a source lies, or will: under the name of what it is made of.
 *
 * @param cache folder that is kept from one run to the next
 * @throws Problem `missing-tool` without gcc
 */
async function placeOf({ version, sha256, patches }: KernelSource, cache: string): Promise<string> {
  const compiler = await step('gcc', ['-v'], { cwd: '/', package: 'gcc' });
  const hash = createHash('sha256');
  for (const part of [BUILDER, JSON.stringify(STATE), sha256, readFileSync(CONFIG, 'utf8'), compiler])
    hash.update(`${part}\0`);
  for (const patch of patches) hash.update(patch, 'latin1').update('\0');
  return join(cache, 'kernels', `${version}-${hash.digest('hex').slice(0, 16)}`);
}

/** Whether an earlier run has built any kernel. */
export function hasKernels(cache: string): boolean {
  try {
    return readdirSync(join(cache, 'kernels')).some((name) => !name.startsWith('.'));
  } catch {
    return false;
  }
}

/**
 * The kernel of an earlier run; undefined where there is none of the same content.
 *
 * @returns path of the program
 */
export async function builtKernel(source: KernelSource, cache: string): Promise<string | undefined> {
  // What its place depends on is asked of the compiler.
  if (!hasProgram('gcc')) return undefined;
  const program = join(await placeOf(source, cache), 'linux');
  return existsSync(program) ? program : undefined;
}

/**
 * Builds a kernel for User Mode Linux from a source with the series, or finds that of an earlier run. It takes a few
 * minutes and 2 GB of the disk, which are free again afterwards; ccache is used where it is there.
 *
 * @returns path of the program
 * @throws Problem `bed-missing` where programs lack, or the source has not what the bed needs; `tool-failed` with the end
 * of what the failing step said; `noexec`, `read-only`, `disk-full`
 */
export async function buildKernel(
  bed: string,
  source: KernelSource,
  cache: string,
  teller: Teller,
): Promise<string> {
  const lacking = lackingPrograms();
  if (lacking !== undefined) throw problem('bed-missing', { bed, reason: lacking });
  const place = await placeOf(source, cache);
  const program = join(place, 'linux');
  if (!existsSync(program)) {
    checkRunsThere(cache, CACHE_CHOICE);
    await allOrNothing(place, (partial) => make(bed, source, partial, teller));
  }
  checkRunnable(program, cache, CACHE_CHOICE);
  keepRecent(join(cache, 'kernels'), place);
  return program;
}

async function make(bed: string, source: KernelSource, folder: string, teller: Teller): Promise<void> {
  const { version, tarball, patches } = source;
  const tree = join(folder, 'tree');
  mkdirSync(tree, { recursive: true });
  teller.step(`kernel ${version} for the bed ${bed}: unpacking ${tarball}`);
  const archive = ['--extract', `--file=${tarball}`, '--strip-components=1'];
  await step('tar', archive, { cwd: tree, package: 'tar xz-utils' });
  teller.step(`kernel ${version}: the series`);
  for (const input of patches) {
    await step('patch', ['-p1', '--fuzz=0', '--silent'], { cwd: tree, package: 'patch', input });
  }
  enlargeState(join(tree, STATE.file));
  teller.step(`kernel ${version}: configuring`);
  const build = (goal: string, ...more: readonly string[]): Promise<string> =>
    step('make', [...MAKE, ...more, goal], { cwd: tree, package: 'make', heard: counter(teller) });
  await build('allnoconfig', `KCONFIG_ALLCONFIG=${CONFIG}`);
  checkConfig(bed, readFileSync(join(tree, '.config'), 'utf8'));
  teller.step(`kernel ${version}: compiling, which takes minutes`);
  // In the tree itself, so that paths in it are relative: ccache then knows what another folder's build compiled.
  const compiler = hasProgram('ccache') ? ['CC=ccache gcc'] : [];
  await build('linux', `-j${availableParallelism()}`, ...compiler);
  for (const name of ['linux', '.config']) renameSync(join(tree, name), join(folder, name));
  rmSync(tree, { recursive: true });
}

/** A kernel that keeps the state in another way needs no more room for it. */
function enlargeState(file: string): void {
  const text = readFileSync(file, 'latin1');
  if (text.includes(STATE.before)) writeFileSync(file, text.replace(STATE.before, STATE.after), 'latin1');
}

/** Tells how many of its lines name a file that is compiled. */
function counter(teller: Teller): (text: string) => void {
  let count = 0;
  return (text) => {
    count += text.match(/^ +(?:CC|AS) /gm)?.length ?? 0;
    if (count > 0) teller.count(Math.min(count, OBJECTS), OBJECTS);
  };
}

/** @throws Problem `bed-missing` where a kernel cannot be given what the bed needs */
function checkConfig(bed: string, made: string): void {
  const lost = missingIn(readFileSync(CONFIG, 'utf8'), made);
  if (lost.length > 0)
    throw problem('bed-missing', { bed, reason: `the kernel cannot be given ${lost.join(', ')}` });
}

/**
 * What a configuration lacks: an option that a kernel does not know, or that depends on something else there, is left out
 * without a word.
 *
 * @param wanted text of the fragment
 * @param made text of the .config
 */
export function missingIn(wanted: string, made: string): readonly string[] {
  const lines = new Set(made.split('\n'));
  return wanted.split('\n').filter((line) => line.startsWith('CONFIG_') && !lines.has(line));
}
