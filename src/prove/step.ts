import { accessSync, constants, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { Problem, problem } from '../problems.ts';
import { run } from '../programs/run.ts';
import { diskProblem } from '../source/disk.ts';

/** In ms: an interpreter takes a minute or two, a large one more. */
const TIMEOUT = 1_800_000;

/** In bytes: a compiler that fails for want of space has removed what it wrote, and there is a little again. */
const TOO_LITTLE = 1 << 20;

/** In characters: what is shown of what a step said that failed. */
const MOST = 1500;

/** Where a step is run, and what it is given. */
export interface StepOptions {
  readonly cwd: string;
  /** The folder that it writes into; where it is run unless given. */
  readonly into?: string;
  /** The Debian package that has the program. */
  readonly package: string;
  /** Standard input, latin1. */
  readonly input?: string;
  /** Told of standard output as it comes (latin1). */
  readonly heard?: (text: string) => void;
}

/**
 * Runs a step of a build.
 *
 * @returns what both streams said (latin1)
 * @throws Problem `disk-full`, `read-only` where the disk made it fail, else `tool-failed` with the end of what it said;
 * `missing-tool`, `tool-timeout`
 */
export async function step(program: string, args: readonly string[], options: StepOptions): Promise<string> {
  const { cwd, into = cwd, input, heard } = options;
  const ended = await run(program, args, {
    cwd,
    timeout: TIMEOUT,
    purpose: 'building an interpreter',
    package: options.package,
    ...(input !== undefined && { input: Buffer.from(input, 'latin1') }),
    ...(heard && { heard }),
  });
  const output = `${ended.stdout.toString('latin1')}${ended.stderr.toString('latin1')}`;
  if (ended.status === 0) return output;
  throw (
    diskAtFault([into, tmpdir()], output) ??
    problem('tool-failed', {
      tool: [program, ...args].join(' '),
      status: ended.status,
      message: endOf(Buffer.concat([ended.stdout, ended.stderr])),
    })
  );
}

/** The last whole lines that a program said, as text: compilers quote names with characters beyond ASCII. */
function endOf(output: Buffer): string {
  const text = output.toString().trim();
  return text.length <= MOST ? text : text.slice(-MOST).replace(/^.*\n(?=.)/, '');
}

/**
 * What the disk has to do with the failure of a program. What such a program says of it is often something else:
 * configure finds no compiler that works.
 *
 * @param folders those that it wrote into, the first before the others
 * @param output what it said, in the C locale
 * @returns Problem `read-only` or `disk-full`; undefined where the disk is in order
 */
export function diskAtFault(folders: readonly string[], output: string): Problem | undefined {
  for (const folder of folders) {
    try {
      accessSync(folder, constants.W_OK);
    } catch (error) {
      const found = diskProblem(error, folder);
      if (found instanceof Problem) return found;
    }
  }
  const left = folders.map((path) => ({ path, bytes: freeBytes(path) }));
  const least = left.reduce((one, other) => (other.bytes < one.bytes ? other : one));
  const said = /No space left on device|Disk quota exceeded/.test(output);
  // A quota shows in no count.
  const path = least.bytes < TOO_LITTLE ? least.path : said ? folders[0] : undefined;
  return path === undefined ? undefined : problem('disk-full', { path });
}

function freeBytes(path: string): number {
  try {
    const { bavail, bsize, files, ffree } = statfsSync(path);
    return files > 0 && ffree === 0 ? 0 : bavail * bsize;
  } catch {
    return Infinity;
  }
}
