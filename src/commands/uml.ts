import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { makeSeries } from '../pipeline.ts';
import { problem, Problem } from '../problems.ts';
import { compile, sourceOf } from '../prove/compile.ts';
import type { Bed } from '../prove/bed.ts';
import type { Tools } from '../prove/tools.ts';
import { buildKernel, builtKernel, hasKernels } from '../prove/uml/kernel.ts';
import type { KernelSource } from '../prove/uml/kernel.ts';
import { umlBed } from '../prove/uml/uml-bed.ts';
import { sha256Of } from '../source/checksum.ts';
import { obtain } from '../source/obtain.ts';
import type { Progress } from '../source/progress.ts';
import { readTree } from '../source/tree.ts';
import type { PinnedRelease, Target } from '../target/contract.ts';
import { loadTarget } from '../target/find.ts';

/** The bed's name. */
export const UML = 'uml';

/** The folder under targets/ that has the series for kernels. */
const KERNEL = 'linux';

/** What is to blame for the place and not for the kernel. */
const ELSEWHERE: readonly string[] = [
  'interrupted',
  'disk-full',
  'noexec',
  'read-only',
  'bed-missing',
  'bed-dead',
];

/** How the bed is started. */
export interface UmlOptions {
  /** Folder that is kept from one run to the next. */
  readonly cache: string;
  /** Whether the kernel is built where no earlier run has: it takes minutes. */
  readonly build: boolean;
  readonly progress: Progress;
  /** The release, such as 6.1, or the path of an archive; what the environment says unless given. */
  readonly kernel?: string;
  /** Changes the texts of the series, for a kernel that lacks a part of it. */
  readonly change?: (patches: readonly string[]) => readonly string[];
}

/** Whether the environment asks for the bed. */
export function umlIsAsked(): boolean {
  return (process.env['MAYEXEC_UML'] ?? '') !== '';
}

/**
 * The bed of a kernel of its own, for `more` of withBeds: Debian's source of a kernel with the series of this kit. The
 * variable MAYEXEC_UML has the release, such as 6.1, or the path of the archive; 6.12 unless given.
 *
 * @returns makes the bed; throws Problem `bed-missing` where it is not to be had, `disk-full`, `read-only`, `noexec`,
 * `interrupted`
 */
export function umlMaker(options: UmlOptions): (tools: Tools) => Promise<Bed> {
  const { cache, build, progress } = options;
  return async (tools) => {
    try {
      if (process.arch !== 'x64') throw missing(`it is built for 64-bit x86, and this is ${process.arch}`);
      // Whoever has built none is spared the making of a series.
      if (!build && !hasKernels(cache)) throw notBuilt();
      const source = await kernelSource(options);
      const kernel = build
        ? await buildKernel(UML, source, cache, progress)
        : await builtKernel(source, cache);
      if (kernel === undefined) throw notBuilt();
      const pid1 = await compile(sourceOf('uml/pid1'), cache, ['-static']);
      return umlBed({ bed: UML, kernel, pid1 }, tools, (line) => {
        progress.note(line);
      });
    } catch (error) {
      if (!(error instanceof Problem) || ELSEWHERE.includes(error.code)) throw error;
      throw missing(error.message, error);
    } finally {
      progress.done();
    }
  };
}

function notBuilt(): Problem {
  return missing(`its kernel is not built; --bed ${UML} builds it, which takes minutes, once`);
}

function missing(reason: string, error?: Error): Problem {
  return problem('bed-missing', { bed: UML, reason }, error);
}

/**
 * The source of the kernel, and the series for it.
 *
 * @throws Problem `bed-missing` for one that is not known or not there; what making the series throws
 */
export async function kernelSource({
  cache,
  progress,
  kernel: asked = process.env['MAYEXEC_UML'] ?? '',
  change = (patches) => patches,
}: Omit<UmlOptions, 'build'>): Promise<KernelSource> {
  const target = await loadTarget(KERNEL);
  const { release, tarball } = asked.includes('/')
    ? { release: releaseOf(target, basename(asked)), tarball: asked }
    : installed(target, asked);
  if (!existsSync(tarball)) {
    const name = basename(tarball).replace(/\.tar\..*$/, '');
    throw missing(`there is no ${tarball}; on Debian: apt-get install ${name}`);
  }
  const sha256 = await sha256Of(tarball);
  // A later revision of the package is another archive: what the kit knows of the release holds for it, or a person is
  // to look at it.
  const own = { ...release, tarball: { ...release.tarball, sha256 } };
  const { path } = await obtain(target, own, { tarball, cache, progress });
  const { series } = await makeSeries({ target, release, tree: readTree(path, target.reads) });
  const patches = change(series.patches.map(({ text }) => text));
  return { version: release.version, tarball, sha256, patches };
}

/** What Debian's package of a kernel's source installs. */
function installed(
  target: Target,
  version: string,
): { readonly release: PinnedRelease; readonly tarball: string } {
  const release =
    version === ''
      ? target.releases[0]
      : target.releases.find((one) => `${one.version}.`.startsWith(`${version}.`));
  const tarball = release?.tarball.package?.path;
  if (release !== undefined && tarball !== undefined) return { release, tarball };
  const known = target.releases.map((one) => one.version.replace(/\.\d+$/, '')).join(', ');
  throw missing(`MAYEXEC_UML is ${version}, which is none of ${known} and no path of an archive`);
}

/** The release that an archive's name is of, the first one where it is of none: what is made for it is checked. */
function releaseOf(target: Target, file: string): PinnedRelease {
  const named = target.releases.find((one) => file === one.tarball.file);
  const [first] = target.releases;
  if (first === undefined) throw missing('no kernel is known');
  return named ?? first;
}
