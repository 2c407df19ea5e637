import { closeSync, openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Problem, problem } from '../problems.js';
import type { Policy } from '../prove/bed.js';
import { sandbox } from '../prove/sandbox.js';
import { tool } from '../prove/tools.js';
import { openCache } from '../source/cache.js';
import { diskProblem } from '../source/disk.js';

const HELP = `mayexec sandbox: runs a command as on a kernel that knows O_MAYEXEC

usage
  mayexec sandbox [--policy N] [options] -- COMMAND [ARGUMENT]...

options
  --policy N      value of fs.open_mayexec_enforce: 0 nothing, 1 noexec mounts, 2 files that may not be
                  executed, 3 both (3 unless given)
  --records FILE  writes what was opened with the flag, and the answer, as JSON lines
  --watch         records opens without the flag too
  --cache DIR     where the compiled supervisor is kept

Opens without the flag are never refused: an unpatched interpreter runs everything. Needs gcc, no root. What
the command leaves running is killed when it ends.

example
  mayexec sandbox --policy 3 -- bash script.sh

exit status: the command's, or 70 to 72 when the sandbox did not hold
`;

/**
 * `mayexec sandbox`: runs a command under the supervisor, and sets the exit status to its status.
 *
 * @param args what stands behind `sandbox` on the command line
 * @throws Problem `usage`, `read-only` and `disk-full` for the file of records, `bed-missing`, `bed-nested`, `bed-dead`
 */
export async function sandboxCommand(args: readonly string[]): Promise<void> {
  const { values, argv } = parse(args);
  if (values.help === true) {
    process.stdout.write(HELP);
    return;
  }
  const [program, ...rest] = argv;
  if (program === undefined)
    throw problem('usage', { message: 'sandbox takes a command: mayexec sandbox -- bash script.sh' });
  const policy = policyOf(values.policy ?? '3');
  const supervisor = await tool('supervisor', openCache(values.cache).folder);
  const records = values.records === undefined ? undefined : openRecords(values.records);
  try {
    process.exitCode = await sandbox(supervisor, {
      argv: [program, ...rest],
      policy,
      watch: values.watch === true,
      record: (line) => {
        if (records !== undefined) writeWhole(records, line, String(values.records));
      },
    });
  } finally {
    if (records !== undefined) closeSync(records);
  }
}

function parse(args: readonly string[]): {
  readonly values: {
    readonly policy?: string;
    readonly records?: string;
    readonly cache?: string;
    readonly watch?: boolean;
    readonly help?: boolean;
  };
  readonly argv: readonly string[];
} {
  // Behind `--`, options are the command's own.
  const dashes = args.indexOf('--');
  const own = dashes < 0 ? args : args.slice(0, dashes);
  try {
    const { values, positionals } = parseArgs({
      args: [...own],
      options: {
        policy: { type: 'string' },
        records: { type: 'string' },
        cache: { type: 'string' },
        watch: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
      allowPositionals: true,
    });
    return { values, argv: dashes < 0 ? positionals : [...positionals, ...args.slice(dashes + 1)] };
  } catch (error) {
    throw problem('usage', { message: error instanceof Error ? error.message : String(error) }, error);
  }
}

/**
 * The value of `fs.open_mayexec_enforce` that a text is.
 *
 * @throws Problem `usage`
 */
export function policyOf(text: string): Policy {
  if (text === '0' || text === '1' || text === '2' || text === '3') return Number(text) as Policy;
  throw problem('usage', { message: `--policy takes 0, 1, 2 or 3, not ${text}` });
}

function openRecords(file: string): number {
  try {
    return openSync(file, 'w');
  } catch (error) {
    throw problem('read-only', { path: file, message: error instanceof Error ? error.message : '' }, error);
  }
}

/** A write may take a part of the text only. */
function writeWhole(descriptor: number, text: string, file: string): void {
  const bytes = Buffer.from(text, 'latin1');
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
  } catch (error) {
    const known = diskProblem(error, file);
    if (known instanceof Problem) throw known;
    throw problem('read-only', { path: file, message: error instanceof Error ? error.message : '' }, error);
  }
}
