import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../src/programs/run.js';
import { openCache } from '../../src/source/cache.js';
import { sweep, whole } from '../../src/source/whole.js';
import type { Subject } from './subjects.js';

/** Goes up when the same inputs are to be built in another way. */
const BUILDER = 2;

/** In ms: an interpreter takes a minute or two, a large one more. */
const TIMEOUT = 1_800_000;

/** In ms: a week. */
const LIFETIME = 7 * 24 * 3600 * 1000;

/** What both streams of the compiler said, in a built tree. */
const LOG = 'mayexec-build.log';

/** A tree with the interpreter built in it, objects and all. */
export interface Build {
  readonly tree: string;
  readonly binary: string;
  readonly log: string;
  /** False where it was there from an earlier run. */
  readonly fresh: boolean;
}

/**
 * Builds an interpreter, or finds the build of an earlier run of the same content: the source's sum, the patches'
 * text, how it is built and by which compiler.
 *
 * @param subject the release
 * @param source the unpacked tree; it is copied
 * @param patches files of the series, in order; none for the interpreter as it is
 */
export async function build(
  { target, release, trials }: Subject,
  source: string,
  patches: readonly string[],
): Promise<Build> {
  const recipe = {
    ...target.build,
    configure: [...target.build.configure, ...trials.warnings],
    make: [...target.build.make, '-j2'],
    tests: trials.ownTests.make,
  };
  const compiler = await required('gcc', ['-v'], '/', 'gcc');
  const hash = createHash('sha256');
  for (const part of [BUILDER, release.tarball.sha256, JSON.stringify(recipe), compiler]) {
    hash.update(`${part}\0`);
  }
  for (const patch of patches) hash.update(readFileSync(patch)).update('\0');
  const key = hash.digest('hex').slice(0, 16);
  // Names of one length: paths stand in what is printed and in what is compiled.
  const kind = patches.length === 0 ? 'stock' : 'patch';
  const name = `${target.name}-${release.version}-${kind}-${key}`;
  const folder = join(openCache().folder, 'interpreters');
  const tree = join(folder, name);
  const fresh = !existsSync(tree);
  if (fresh) {
    await whole(tree, async (partial) => {
      // Times are kept: make would otherwise write generated files again, with whatever tools are there.
      await required('cp', ['-a', source, partial], '/', 'coreutils');
      for (const patch of patches) {
        await required('patch', ['-p1', '--fuzz=0', '--silent', '-i', patch], partial, 'patch');
      }
      const [configure = '', ...options] = recipe.configure;
      const [make = '', ...goals] = recipe.make;
      const logs = [
        await required(configure, options, partial, 'gcc'),
        await required(make, goals, partial, 'make'),
        ...(recipe.tests.length > 0 ? [await required(make, [...recipe.tests], partial, 'make')] : []),
      ];
      // The linker names objects by their whole path.
      writeFileSync(join(partial, LOG), logs.join('\n').replaceAll(`${partial}/`, ''));
    });
  }
  keepRecent(folder, tree);
  return { tree, binary: join(tree, target.build.binary), log: join(tree, LOG), fresh };
}

/** Each change of a patch leaves a build behind: what was not used for some time goes. */
function keepRecent(folder: string, used: string): void {
  utimesSync(used, new Date(), new Date());
  sweep(folder);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).mtimeMs < Date.now() - LIFETIME) rmSync(path, { recursive: true, force: true });
  }
}

/** Runs a step of a build; what both streams said. */
async function required(program: string, args: readonly string[], cwd: string, pkg: string): Promise<string> {
  const ended = await run(program, args, {
    cwd,
    timeout: TIMEOUT,
    purpose: 'building an interpreter',
    package: pkg,
  });
  const output = `${ended.stdout.toString('latin1')}${ended.stderr.toString('latin1')}`;
  if (ended.status === 0) return output;
  throw new Error(`${program} failed (${ended.status}): ${output.trim().slice(-1500)}`);
}
