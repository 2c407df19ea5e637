import { onTerminal } from '../../src/prove/scene.ts';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../src/programs/run.ts';
import type { OwnTests } from '../../src/target/scenario.ts';
import { sectionsOf } from './sections.ts';
import type { Sections } from './sections.ts';

/** A built tree that an interpreter's own tests can be run in, apart from all others. */
export interface Bench {
  readonly tree: string;
  /** What the whole of the tests printed. */
  whole(): Promise<Sections>;
  /** What one test printed, run alone. */
  single(test: string): Promise<string>;
}

/**
 * Copies a built tree, as tests write into it.
 *
 * @param built the tree
 * @param work the folder that holds the copies
 * @param name of the copy; all names have one length, as paths stand in what is printed
 * @param before a command that all are run by
 */
export async function benchOf(
  built: string,
  work: string,
  name: string,
  tests: OwnTests,
  before: readonly string[] = [],
): Promise<Bench> {
  const tree = join(work, name);
  const copied = await run('cp', ['-a', built, tree], {
    purpose: 'a copy of the tree',
    package: 'coreutils',
  });
  if (copied.status !== 0) throw new Error(copied.stderr.toString());
  for (const file of tests.copy) cpSync(join(tree, file), join(tree, tests.folder, file));
  const fill = (text: string): string => text.replaceAll('{tree}', tree);
  // It may lie in /tmp, which is another one there.
  const shown = before.slice(0, 1).flatMap((program) => ['--ro-bind', program, program]);
  const inside = (command: readonly string[]): Promise<string> => {
    const env = Object.entries(tests.env).map(([variable, value]) => `${variable}=${fill(value)}`);
    const words = ['env', '-i', 'HOME=/tmp/home', 'TERM=dumb', ...env, ...command.map(fill)];
    return ranOnTerminal(
      ['bwrap', ...PRIVATE_TMP, '--bind', work, work, ...shown, ...before, ...words],
      join(tree, tests.folder),
      tests,
    );
  };
  return {
    tree,
    whole: async () => sectionsOf(await inside(tests.command), tree, tests),
    single: async (test) => {
      const output = await inside(tests.single.map((word) => word.replaceAll('{test}', test)));
      return sectionsOf(output, tree, tests).get('') ?? '';
    },
  };
}

/** Tests write to fixed names in /tmp, and more than one run goes on at a time. */
const PRIVATE_TMP = ['--dev-bind', '/', '/', '--tmpfs', '/tmp', '--dir', '/tmp/home'];

/** A terminal, since job control is among what is tested. */
async function ranOnTerminal(words: readonly string[], cwd: string, tests: OwnTests): Promise<string> {
  const [program, ...args] = onTerminal(words);
  const ended = await run(program, args, {
    cwd,
    env: { SHELL: '/bin/sh' },
    timeout: tests.timeout,
    purpose: "a terminal for the interpreter's own tests",
    package: 'bsdutils',
  });
  return ended.stdout.toString('latin1');
}
