import { run } from '../../src/programs/run.ts';

/** A program that was run to its end, and how long it took. */
export interface Timed {
  readonly seconds: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program and takes its time.
 *
 * @throws Error when it fails: its time means nothing then
 */
export async function timed(
  program: string,
  args: readonly string[],
  pkg: string,
  where: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Timed> {
  const start = performance.now();
  const ended = await run(program, args, {
    ...where,
    timeout: 600_000,
    purpose: 'the bench',
    package: pkg,
  });
  const seconds = (performance.now() - start) / 1000;
  if (ended.status !== 0) throw new Error(`${program}: status ${ended.status}\n${ended.stderr.toString()}`);
  return { seconds, stdout: ended.stdout.toString('latin1'), stderr: ended.stderr.toString('latin1') };
}
