import { createHash } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { packageFolder } from '../../src/package.ts';
import { run } from '../../src/programs/run.ts';
import { openCache } from '../../src/source/cache.ts';
import { allOrNothing } from '../../src/source/partial.ts';
import { keepRecent } from '../../src/prove/build.ts';

/** Goes up when the same source is to be built in another way. */
const BUILDER = 1;

/** In ms: some minutes for the interpreter, twice, one of them static, and its packages; more on a busy machine. */
const TIMEOUT = 5_400_000;

/** The source, and the packages of this architecture: those of the documentation would need TeX. */
const KIND = '--build=source,any';

/** The interpreter's own tests are run, and compared, on builds of their own. */
const OPTIONS = { DEB_BUILD_OPTIONS: 'nocheck' };

/** What dpkg-buildpackage made of a source package. */
export interface DebianBuild {
  /** Holds the .dsc, the .deb files and the .changes. */
  readonly folder: string;
  /** Of the patches that were added to the distribution's own, by name. */
  readonly patches: readonly string[];
  /** False where it was there from an earlier run. */
  readonly fresh: boolean;
}

/**
 * Builds a distribution's source package, as it is or with the kit's series behind the distribution's patches, in
 * the way that the documents tell a packager; or finds the build of an earlier run of the same content.
 *
 * @param dsc the source package's .dsc; its other files lie beside it
 * @param kind with the series or without
 */
export async function buildDebian(dsc: string, kind: 'stock' | 'patch'): Promise<DebianBuild> {
  const work = mkdtempSync(join(tmpdir(), 'mayexec-debian-'));
  try {
    const series = kind === 'patch' ? await seriesFor(dsc, work) : new Map<string, string>();
    const hash = createHash('sha256');
    for (const part of [BUILDER, KIND, JSON.stringify(OPTIONS), readFileSync(dsc), await compiler()]) {
      hash.update(`${String(part)}\0`);
    }
    for (const [name, text] of series) hash.update(`${name}\0${text}\0`);
    const cache = join(openCache().folder, 'interpreters');
    const name = `${basename(dsc, '.dsc')}-${kind}-${hash.digest('hex').slice(0, 16)}`;
    const folder = join(cache, name);
    const fresh = !existsSync(folder);
    if (fresh) await allOrNothing(folder, (partial) => make(dsc, series, partial));
    keepRecent(cache, folder);
    return { folder, patches: [...series.keys()].filter((file) => file !== 'series'), fresh };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The files that `mayexec patch` writes for debian/patches of a source package. */
async function seriesFor(dsc: string, work: string): Promise<Map<string, string>> {
  const tree = join(work, 'tree');
  await required('dpkg-source', ['--no-check', '-x', dsc, tree], work, 'dpkg-dev');
  const out = join(work, 'out');
  const mayexec = join(packageFolder, 'dist', 'src', 'cli.js');
  await required(
    process.execPath,
    [mayexec, 'patch', '--format', 'debian', '--out', out, tree],
    work,
    'nodejs',
  );
  const files = readdirSync(out, { recursive: true, encoding: 'utf8' }).sort();
  const patches = files.filter((file) => /\/debian\/patches\/[^/]+$/.test(file));
  return new Map(patches.map((file) => [basename(file), readFileSync(join(out, file), 'latin1')]));
}

async function make(dsc: string, series: ReadonlyMap<string, string>, folder: string): Promise<void> {
  const tree = join(folder, 'tree');
  await required('mkdir', [folder], '/', 'coreutils');
  const source = dirname(dsc);
  const [, name = ''] = /^(.*)-[^-]*\.dsc$/.exec(basename(dsc)) ?? [];
  // A source package is built beside upstream's archive.
  for (const file of readdirSync(source).filter((one) => one.startsWith(`${name}.orig.`))) {
    copyFileSync(join(source, file), join(folder, file));
  }
  await required('dpkg-source', ['--no-check', '-x', dsc, tree], folder, 'dpkg-dev');
  const patches = join(tree, 'debian', 'patches');
  for (const [file, text] of series) {
    if (file === 'series') appendFileSync(join(patches, file), text);
    else writeFileSync(join(patches, file), text, 'latin1');
  }
  if (series.size > 0) {
    const pushed = await required('quilt', ['push', '-a', '--fuzz=0'], tree, 'quilt');
    if (/fuzz|offset/.test(pushed)) throw new Error(`quilt: ${pushed}`);
  }
  await required('dpkg-buildpackage', ['-us', '-uc', KIND], tree, 'dpkg-dev');
  rmSync(tree, { recursive: true });
}

async function compiler(): Promise<string> {
  return required('gcc', ['-v'], '/', 'gcc');
}

/** Runs a step to its good end; what both streams said. */
async function required(program: string, args: readonly string[], cwd: string, pkg: string): Promise<string> {
  const ended = await run(program, args, {
    cwd,
    env: { ...OPTIONS, QUILT_PATCHES: 'debian/patches', QUILTRC: '/dev/null' },
    timeout: TIMEOUT,
    purpose: 'building a source package of Debian',
    package: pkg,
  });
  const output = `${ended.stdout.toString('latin1')}${ended.stderr.toString('latin1')}`;
  if (ended.status === 0) return output;
  throw new Error(`${program} failed (${ended.status}): ${output.trim().slice(-1500)}`);
}
