import { closeSync, openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Problem, problem } from '../problems.ts';
import type { Policy } from '../prove/bed.ts';
import { sandbox } from '../prove/sandbox.ts';
import { tool } from '../prove/tools.ts';
import { openCache } from '../source/cache.ts';
import { diskProblem } from '../source/disk.ts';

const HELP = `mayexec sandbox: runs a command as if the kernel knew O_MAYEXEC

usage
  mayexec sandbox [--policy N] [options] -- COMMAND [ARGUMENT]...

options
  --policy N      value of fs.open_mayexec_enforce: 0 refuses nothing, 1 files on noexec mounts, 2 files without
                  execute permission, 3 both (3 by default)
  --records FILE  writes each open with the flag, and the answer, as JSON lines
  --watch         also records opens without the flag
  --cache DIR     keeps the compiled supervisor in DIR

The sandbox never refuses an open without the flag: an unpatched interpreter runs everything. It needs gcc, but
not root. When the command ends, the sandbox kills what is still running.

example
  mayexec sandbox --policy 3 -- bash script.sh

exit status: that of the command, or 70 to 72 if the sandbox failed
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
