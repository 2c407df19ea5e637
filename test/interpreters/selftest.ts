import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { kernelSource, umlMaker } from '../../src/commands/uml.ts';
import { Problem } from '../../src/problems.ts';
import { run } from '../../src/programs/run.ts';
import { tools } from '../../src/prove/tools.ts';
import type { KernelSource } from '../../src/prove/uml/kernel.ts';
import { openCache } from '../../src/source/cache.ts';
import { allOrNothing } from '../../src/source/partial.ts';
import { quietProgress } from '../../src/source/progress.ts';
import type { Outcome } from './checks.ts';
import { judgeTap } from './tap.ts';
import type { TapVerdict } from './tap.ts';

/** Where the kernel has its own tests. */
const SELFTESTS = 'tools/testing/selftests';

/** The one that the series brings. */
const TEST = 'mayexec_test';

const FLAGS = ['-static', '-O2', '-Wall', '-Werror'];

/** In ms: the whole test takes two seconds. */
const TIMEOUT = 60_000;

/** A part of the series that a control leaves out. */
interface Control {
  /** What the kernel does not do then. */
  readonly lacks: string;
  /** A line that this hunk alone adds. */
  readonly line: string;
}

/** The first is left out in every run; each is a build of the kernel more. */
const CONTROLS: readonly Control[] = [
  { lacks: 'the rules for pipes, devices and regular files', line: '\t\t\tacc_mode |= MAY_EXEC;' },
  { lacks: 'the rule for directories', line: '\t\tif (acc_mode & (MAY_WRITE | MAY_OPENEXEC))' },
  { lacks: 'the flag in what openat2 asks for', line: '\t\tacc_mode |= MAY_OPENEXEC;' },
  { lacks: 'the flag among those that openat2 takes', line: '\tif (flags & ~VALID_OPENAT2_FLAGS)' },
];

/** The kernel whose tests are run: as MAYEXEC_UML names it, which is asked unless given. */
export interface Kernel {
  readonly kernel?: string;
}

/** Runs the test that the series brings, in a kernel with the series: each of its cases must pass. */
export function ownTests(kernel: Kernel): Promise<Outcome> {
  return withTest(kernel, async (program) => {
    const { planned, passed, faults } = await judged(kernel, program);
    return {
      ok: faults.length === 0,
      said: `${passed} of ${planned} tests of ${TEST} passed`,
      lines: faults,
    };
  });
}

/**
 * Runs the same test in kernels that lack a part of the series: it must fail in each.
 *
 * @param all each part; otherwise one
 */
export function missedHunks(kernel: Kernel, all: boolean): Promise<Outcome> {
  return withTest(kernel, async (program) => {
    const said: string[] = [];
    const lines: string[] = [];
    for (const { lacks, line } of CONTROLS.slice(0, all ? undefined : 1)) {
      const change = (patches: readonly string[]): readonly string[] => without(patches, line);
      const { planned, passed } = await judged({ ...kernel, change }, program);
      if (planned === 0) lines.push(`without ${lacks}: the test did not run`);
      if (passed === planned) lines.push(`without ${lacks}: all ${planned} tests passed`);
      said.push(`without ${lacks} ${planned - passed} of ${planned} fail`);
    }
    return { ok: lines.length === 0, said: said.join('; '), lines };
  });
}

/** The series without the hunk that adds a line. */
function without(patches: readonly string[], line: string): readonly string[] {
  const has = (text: string): boolean => text.includes(`\n+${line}\n`);
  // In front of each hunk and each file; the sign of a mail's end belongs to the last hunk.
  const parts = patches.map((text) => text.split(/^(?=@@ |diff --git |-- $)/m));
  if (parts.flat().filter(has).length !== 1) throw new Error(`not one hunk adds ${line}`);
  return parts.map((pieces) => pieces.filter((piece) => !has(piece)).join(''));
}

async function judged(
  options: Kernel & { readonly change?: (patches: readonly string[]) => readonly string[] },
  program: string,
): Promise<TapVerdict> {
  const cache = openCache().folder;
  const progress = { ...quietProgress, step: (text: string) => void process.stdout.write(`${text}\n`) };
  const programs = await tools(cache);
  const bed = await umlMaker({ ...options, cache, build: true, progress })(programs);
  try {
    const { status, stdout } = await bed.run({
      argv: [`./${TEST}`],
      fixtures: [{ kind: 'copy', path: TEST, from: program, mode: 0o755 }],
      ...{ policy: 0, user: 'root', timeout: TIMEOUT },
    });
    return judgeTap(stdout.toString(), status);
  } finally {
    await bed.end?.();
  }
}

/** Does something with the compiled test; where this machine lacks the kernel, that is said. */
async function withTest(kernel: Kernel, work: (program: string) => Promise<Outcome>): Promise<Outcome> {
  try {
    const source = await kernelSource({ ...kernel, cache: openCache().folder, progress: quietProgress });
    return await work(await compiledTest(source));
  } catch (error) {
    const missing = error instanceof Problem && error.code === 'bed-missing';
    if (!missing || process.env['MAYEXEC_REQUIRE_TOOLS'] === '1') throw error;
    return { ok: true, said: `not run: ${error.message}` };
  }
}

/**
 * The test compiled out of the patched tree, where no earlier run has: a few files of a large archive are unpacked for it.
 * It is static, since what runs in a kernel should be the same everywhere.
 */
async function compiledTest({ tarball, sha256, patches }: KernelSource): Promise<string> {
  const own = patches.filter((text) => text.includes(`\n+++ b/${SELFTESTS}/`));
  const sum = createHash('sha256').update(JSON.stringify([sha256, FLAGS, own]));
  const folder = join(openCache().folder, 'beds', `${TEST}-${sum.digest('hex').slice(0, 16)}`);
  const did = async (cwd: string, program: string, args: readonly string[], input = ''): Promise<void> => {
    const where = { cwd, purpose: "the kernel's own test", package: program, timeout: 300_000 };
    const ended = await run(program, args, { ...where, input: Buffer.from(input, 'latin1') });
    if (ended.status !== 0) throw new Error(ended.stderr.toString());
  };
  if (!existsSync(folder))
    await allOrNothing(folder, async (partial) => {
      mkdirSync(partial, { recursive: true });
      const wanted = [`*/${SELFTESTS}/kselftest*`, `*/${SELFTESTS}/openat2/*`];
      const all = ['--extract', `--file=${tarball}`, '--strip-components=1', '--wildcards', ...wanted];
      await did(partial, 'tar', all);
      for (const text of own) await did(partial, 'patch', ['-p1', '--fuzz=0', '--silent'], text);
      await did(partial, 'gcc', [...FLAGS, '-o', TEST, join(SELFTESTS, 'openat2', `${TEST}.c`)]);
    });
  return join(folder, TEST);
}
