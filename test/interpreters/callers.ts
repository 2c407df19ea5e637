import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { run } from '../../src/programs/run.ts';
import { linkedAt } from './segments.ts';
import type { Frame } from './stacks.ts';

/** A call, as the compiler's line table and the machine code have it. */
export interface Caller {
  /** Relative to the tree. */
  readonly file: string;
  readonly line: number;
  readonly function: string;
  /** The text of the line. */
  readonly text: string;
  /** The function of a library that is called; undefined where the call goes through a pointer. */
  readonly calls: string | undefined;
}

/**
 * What the frames of a program that was built without optimisation call, and from where.
 *
 * @param tree the built tree
 * @param frames frames of one module, each behind a call
 * @throws Error where the debug information is not that of the symbols
 */
export async function callersOf(tree: string, frames: readonly Frame[]): Promise<Caller[]> {
  const [first] = frames;
  if (first === undefined) return [];
  const linked = frames.map((frame) => ({ ...frame, address: linkedAt(frame.module, frame.address) }));
  // An address behind a call may be the next line's: the byte before it is the call's own.
  const addresses = linked.map(({ address }) => `0x${(address - 1).toString(16)}`);
  const told = (await binutils('addr2line', ['-f', '-e', first.module, ...addresses])).split('\n');
  const callers: Caller[] = [];
  for (const [index, frame] of linked.entries()) {
    const [name = '', place = ''] = told.slice(2 * index);
    const [, path, line] = /^(.*):(\d+)(?: \(discriminator \d+\))?$/.exec(place) ?? [];
    if (name !== frame.symbol || path === undefined) {
      throw new Error(`${frame.symbol} in ${frame.module} is ${name} at ${place} in its debug information`);
    }
    const file = inTree(tree, path);
    callers.push({
      file,
      line: Number(line),
      function: name,
      text: textAt(tree, file, Number(line)),
      calls: await calledBefore(frame),
    });
  }
  return callers;
}

/**
 * A tree is built in another place than it is kept in: the longest ending of a path that names a file of the tree, or
 * the definitions that a C file was made from which is gone; the path itself where there is none.
 */
function inTree(tree: string, path: string): string {
  const parts = posix.normalize(path).split('/');
  const ends = parts.map((_, index) => parts.slice(index).join('/'));
  const candidates = ends.flatMap((end) => [end, end.replace(/\.c$/, '.def')]);
  return candidates.find((end) => existsSync(join(tree, end))) ?? path;
}

/** A line of a file of the tree; empty where that is gone, as what a build writes for itself may be. */
function textAt(tree: string, file: string, line: number): string {
  const path = join(tree, file);
  return existsSync(path) ? (readFileSync(path, 'latin1').split('\n')[line - 1] ?? '') : '';
}

/** The name of the library's function that the instruction before an address calls. */
async function calledBefore({ module, address, offset }: Frame): Promise<string | undefined> {
  // From the function's start: in the middle of an instruction it would be read as another one.
  const range = [`--start-address=${address - offset}`, `--stop-address=${address}`];
  const code = await binutils('objdump', ['-d', '--no-show-raw-insn', ...range, module]);
  return /<(\w+)@plt(?:\.\w+)?>$/.exec(code.trimEnd())?.[1];
}

async function binutils(program: string, args: readonly string[]): Promise<string> {
  const ended = await run(program, args, { purpose: 'where a call stands', package: 'binutils' });
  if (ended.status !== 0) throw new Error(`${program}: ${ended.stderr.toString()}`);
  return ended.stdout.toString();
}
