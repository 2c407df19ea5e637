import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { problem } from '../problems.ts';
import { onInterrupt } from '../programs/cleanup.ts';
import { makeTemporary } from '../source/disk.ts';
import { sweptName } from '../source/partial.ts';
import type { Bed, User } from './bed.ts';
import { IDS } from './fixtures.ts';
import { removeTree } from './remove-tree.ts';
import type { Program } from './scene.ts';
import { step } from './step.ts';

/** The interpreter as it was, where there is one to compare with, and the patched one. */
export interface Programs {
  readonly stock?: Program | undefined;
  readonly patched: Program;
}

/**
 * Makes sure that everybody who is to run a program can: one in somebody's home would fail in each scenario, for a
 * reason that is none of theirs.
 *
 * @throws Problem `bad-path`; what {@link Bed.run} does
 */
export async function checkReach(bed: Bed, program: Program, users: Iterable<User>): Promise<void> {
  const { path, shown } = program;
  if (shown !== undefined) return;
  const user = await outOfReach(bed, path, users);
  if (user === undefined) return;
  const message = `scenarios run as uid ${IDS[user]}, which cannot run it there`;
  throw problem('bad-path', { path, message });
}

/**
 * Has programs where everybody who is to run them can. A bed with namespaces shows them in the job's folder; for
 * another, one that somebody cannot reach is copied, and the copy is gone afterwards.
 *
 * @throws Problem `disk-full`, `read-only`, `tool-failed` where no copy can be made; what `work` and {@link Bed.run} throw
 */
export async function withReach<T>(
  cells: readonly { readonly bed: Bed; readonly user: User }[],
  programs: Programs,
  work: (reached: Programs) => Promise<T>,
): Promise<T> {
  const plain = cells.filter(({ bed }) => !bed.namespaces);
  const [first] = plain;
  if (first === undefined) return work(programs);
  const users = new Set(plain.map(({ user }) => user));
  const folders: string[] = [];
  const remove = (): void => {
    for (const folder of folders.splice(0)) removeTree(folder);
  };
  const forget = onInterrupt(remove);
  const reached = async (program: Program): Promise<Program> => {
    const { path, shown } = program;
    if (shown === undefined || (await outOfReach(first.bed, path, users)) === undefined) return program;
    const folder = makeTemporary(`${sweptName('mayexec-program')}.`);
    folders.push(folder);
    chmodSync(folder, 0o755);
    const copy = join(folder, 'interpreter');
    await step('cp', ['-a', shown, copy], { cwd: '/', into: folder, package: 'coreutils' });
    return { path: `${copy}${path.slice(shown.length)}`, shown: copy };
  };
  try {
    const { stock, patched } = programs;
    return await work({
      ...(stock !== undefined && { stock: await reached(stock) }),
      patched: await reached(patched),
    });
  } finally {
    remove();
    forget();
  }
}

/** The first of some users who cannot run a program where it lies. */
async function outOfReach(bed: Bed, path: string, users: Iterable<User>): Promise<User | undefined> {
  for (const user of users) {
    const { status } = await bed.run({ argv: ['/usr/bin/test', '-x', path], policy: 0, user });
    if (status !== 0) return user;
  }
  return undefined;
}
