import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { packageFolder } from '../../src/package.ts';
import { run } from '../../src/programs/run.ts';
import type { Ended } from '../../src/programs/run.ts';
import type { PinnedRelease } from '../../src/target/contract.ts';
import type { Outcome } from './checks.ts';
import { buildDebian } from './debian-build.ts';
import type { DebianBuild } from './debian-build.ts';

/** The target whose package is built. */
export const PACKAGED = 'bash';

/** The packages that hold an interpreter, and where it is in them. */
const INTERPRETERS = { bash: 'bin/bash', 'bash-static': 'bin/bash-static' };

/** In ms; lintian unpacks and looks at every file. */
const TIMEOUT = 600_000;

/** What a script prints that was run. */
const SAYS = 'the script ran\n';

/** The .dsc of a release's source package, where the environment names one of that release among others. */
export function dscOf(name: string, { tarball: { debian } }: PinnedRelease): string | undefined {
  const dsc = process.env['MAYEXEC_DSC'];
  if (dsc === undefined) {
    const line = `not run: ${name} debian needs MAYEXEC_DSC=FILE.dsc, a source package of bash`;
    if (process.env['MAYEXEC_REQUIRE_TOOLS'] === '1') throw new Error(line);
    process.stderr.write(`${line}\n`);
    return undefined;
  }
  return dsc
    .split(/\s+/)
    .find((one) => debian && basename(one).startsWith(`${debian.source}_${debian.upstream}-`));
}

/**
 * Builds a source package as the distribution has it and with the series, and holds the packages against each other:
 * the patched interpreter is refused a script that may not be executed, and runs one that may; lintian says the
 * same of both but for what says that the series was not sent upstream.
 */
export async function checkDebian(dsc: string): Promise<Outcome> {
  // Both at once: for half of the time each has a configure script to wait for.
  const [stock, patched] = await Promise.all([buildDebian(dsc, 'stock'), buildDebian(dsc, 'patch')]);
  const [before, after] = await Promise.all([lintian(stock), lintian(patched)]);
  const lines = [
    ...(await judgeRuns(stock, false)),
    ...(await judgeRuns(patched, true)),
    ...compareTags(before, after, patched.patches),
  ];
  const built = [stock, patched].filter(({ fresh }) => fresh).length;
  return {
    ok: lines.length === 0 && patched.patches.length > 0 && before.length > 0,
    said:
      `${Object.keys(INTERPRETERS).join(' and ')} of the packages refused and run; ${before.length} tags of lintian` +
      ` stock, ${after.length} patched; ${patched.patches.length} patches; ${built} of 2 built now`,
    lines,
  };
}

/** Runs the interpreters of the packages where a kernel would refuse what may not be executed. */
async function judgeRuns({ folder }: DebianBuild, patched: boolean): Promise<string[]> {
  const work = mkdtempSync(join(tmpdir(), 'mayexec-debian-'));
  const lines: string[] = [];
  try {
    for (const [name, path] of Object.entries(INTERPRETERS)) {
      const root = join(work, name);
      const unpacked = await ask(
        'dpkg-deb',
        ['-x', join(folder, only(folder, `${name}_`, '.deb')), root],
        'dpkg',
      );
      if (unpacked.status !== 0) throw new Error(unpacked.stderr.toString());
      for (const mode of [0o644, 0o755]) {
        const script = join(work, `${name}-${mode.toString(8)}`);
        writeFileSync(script, `echo '${SAYS.trim()}'\n`, { mode });
        const cli = join(packageFolder, 'dist', 'src', 'cli.js');
        const command = [cli, 'sandbox', '--policy', '3', '--', join(root, path), script];
        const ended = await ask(process.execPath, command, 'nodejs');
        const refused = patched && mode === 0o644;
        if (!(refused ? isRefused(ended) : ended.status === 0 && ended.stdout.toString() === SAYS)) {
          const said = `${ended.stdout.toString()}${ended.stderr.toString()}`.trim();
          const wanted = refused ? 'refused' : 'run';
          lines.push(
            `${patched ? 'patched' : 'stock'} ${name}: a script of mode ${mode.toString(8)} is not ${wanted}: ${ended.status} ${said}`,
          );
        }
      }
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return lines;
}

/** As a shell that could not read its script (POSIX, sh: 126 for one that is found and not executable). */
function isRefused({ status, stdout, stderr }: Ended): boolean {
  return status === 126 && stdout.length === 0 && stderr.toString().endsWith(': Permission denied\n');
}

/** What lintian says of the source and of the packages, a line each. */
async function lintian({ folder }: DebianBuild): Promise<string[]> {
  const options = ['-I', '--pedantic', '--allow-root', '--tag-display-limit', '0'];
  const ended = await ask('lintian', [...options, join(folder, only(folder, '', '.changes'))], 'lintian');
  // Status 2 is that of an error among the tags.
  if (![0, 2].includes(ended.status)) throw new Error(`lintian: ${ended.stderr.toString()}`);
  return ended.stdout
    .toString()
    .split('\n')
    .filter((line) => /^[EWIP]: /.test(line));
}

/**
 * What lintian says of a patched package and not of the stock one. Line numbers and sizes stand in what it says: they are
 * no part of it.
 *
 * @param patches each is to be named once, as not sent upstream
 */
export function compareTags(
  stock: readonly string[],
  patched: readonly string[],
  patches: readonly string[],
): string[] {
  const plain = (line: string): string => line.replace(/:\d+\]/g, ':N]').replace(/\b\d+(?=kB|%)/g, 'N');
  const known = new Set(stock.map(plain));
  const added = patched.map(plain).filter((line) => !known.has(line));
  const notSent = (line: string, patch: string): boolean =>
    /^I: \S+ source: patch-not-forwarded-upstream /.test(line) && line.includes(`[debian/patches/${patch}]`);
  return [
    ...added.filter((line) => !patches.some((patch) => notSent(line, patch))),
    ...patches
      .filter((patch) => added.filter((line) => notSent(line, patch)).length !== 1)
      .map((patch) => `lintian did not look at ${patch}`),
  ];
}

function only(folder: string, start: string, end: string): string {
  const found = readdirSync(folder).filter((name) => name.startsWith(start) && name.endsWith(end));
  const [name] = found;
  if (name === undefined || found.length > 1)
    throw new Error(`${folder}: ${found.length} files ${start}*${end}`);
  return name;
}

function ask(program: string, args: readonly string[], pkg: string): Promise<Ended> {
  return run(program, args, { timeout: TIMEOUT, purpose: "Debian's packages", package: pkg });
}
