import { Program } from '../evidence/program.ts';
import { cFiles } from '../languages/c/files.ts';
import type { CFile } from '../languages/c/file.ts';
import type { Tree } from '../target/contract.ts';
import { Constants } from './constants.ts';
import { Flows } from './flows.ts';
import { Memory } from './memory.ts';
import { Openers } from './openers.ts';
import type { Read } from './openers.ts';
import { shippedIn, UNKNOWN } from './unknown.ts';

/** A tree with all that opens in it. */
export interface Opened extends Read {
  readonly openers: Openers;
}

/**
 * Reads the C of a tree, and finds all that opens in it.
 *
 * @throws Problem when a file cannot be read
 */
export async function opened(tree: Tree): Promise<Opened> {
  const shipped = shippedIn(tree);
  const reader = await cFiles(UNKNOWN);
  const kept = new Map<string, CFile>();
  const judge = (file: string): CFile => {
    const known = kept.get(file);
    if (known) return known;
    const made = reader({ file, text: tree.read(file) });
    kept.set(file, made);
    return made;
  };
  const program = await Program.of(shipped, tree, UNKNOWN, { get: (file) => judge(file).layout });
  const constants = new Constants();
  for (const { file } of shipped) constants.add(tree.read(file));
  const flows = new Flows(program, constants);
  const read = {
    files: shipped.map(({ file }) => file),
    program,
    constants,
    flows,
    memory: new Memory(program, constants, flows),
    judge,
  };
  return { ...read, openers: new Openers(read) };
}
