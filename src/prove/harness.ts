import { chmodSync, copyFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { onInterrupt } from '../programs/cleanup.ts';
import { makeTemporary } from '../source/disk.ts';
import { sweep, sweptName } from '../source/partial.ts';
import { IDS } from './fixtures.ts';
import type { Harness } from './local.ts';
import { removeTree } from './remove-tree.ts';
import { checkRunsThere, TEMPORARY_CHOICE } from './runs-there.ts';
import type { Tools } from './tools.ts';

/** Of linux/capability.h. */
const CAPABILITIES = { CAP_CHOWN: 0, CAP_SETGID: 6, CAP_SETUID: 7, CAP_SYS_PTRACE: 19 } as const;

/**
 * Decides who runs the beds. A supervisor of root's that lacks CAP_SYS_PTRACE, as in a container, cannot read what
 * another user's process asks for: there the beds are run by that other user, who has them to itself.
 *
 * @param given who is to run them in any case
 * @param work is given who runs them, undefined for whoever runs this, and programs that this user can reach
 * @throws Problem `noexec`, `read-only`, `disk-full` for the folder of temporary files; what `work` throws
 */
export async function withHarness<T>(
  given: Harness | undefined,
  tools: Tools,
  work: (harness: Harness | undefined, tools: Tools) => Promise<T>,
): Promise<T> {
  if (given !== undefined || process.getuid?.() !== 0) return work(given, tools);
  const lacks = lackedCapabilities();
  // Without one of the others it cannot become anybody else, and runs the jobs itself.
  if (lacks.length !== 1 || lacks[0] !== 'CAP_SYS_PTRACE') return work(given, tools);
  sweep(tmpdir());
  checkRunsThere(tmpdir(), TEMPORARY_CHOICE);
  const folder = makeTemporary(`${sweptName('mayexec-tools')}.`);
  const remove = (): void => {
    removeTree(folder);
  };
  const forget = onInterrupt(remove);
  try {
    chmodSync(folder, 0o755);
    const copy = (program: string): string => {
      const to = join(folder, basename(program));
      copyFileSync(program, to);
      chmodSync(to, 0o755);
      return to;
    };
    const { supervisor, stage, probe } = tools;
    const copies = { supervisor: copy(supervisor), stage: copy(stage), probe: copy(probe) };
    return await work({ uid: IDS.nobody, gid: IDS.nobody }, copies);
  } finally {
    remove();
    forget();
  }
}

/**
 * The capabilities that running jobs as other users takes, and this process has not.
 *
 * @param status text of /proc/self/status; where it cannot be read, none is lacked: the beds say themselves what fails
 */
export function lackedCapabilities(status = readStatus()): readonly string[] {
  const [, digits] = /^CapEff:\s*([0-9a-f]+)$/m.exec(status) ?? [];
  if (digits === undefined) return [];
  const effective = BigInt(`0x${digits}`);
  return Object.entries(CAPABILITIES).flatMap(([name, bit]) =>
    ((effective >> BigInt(bit)) & 1n) === 0n ? [name] : [],
  );
}

function readStatus(): string {
  try {
    return readFileSync('/proc/self/status', 'utf8');
  } catch {
    return '';
  }
}
