import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { discover } from '../../src/discover/discover.ts';
import type { Discovery } from '../../src/discover/discover.ts';
import type { FoundSite } from '../../src/discover/judge.ts';
import { openCache } from '../../src/source/cache.ts';
import { readTree } from '../../src/source/tree.ts';
import { namedRelease } from '../../src/target/find.ts';
import { C_FILE } from '../../src/discover/program.ts';

/** A place that is known to open code. */
export interface Marked {
  readonly file: string;
  readonly function: string;
  readonly callee: string;
}

/** The releases that discovery is judged by. */
export const RELEASES = ['bash@5.2.15', 'perl@5.36.0', 'python@3.11.2'] as const;

/** What dash opens as code: the script, what `.` reads, startup files. */
export const DASH: readonly Marked[] = [
  { file: 'src/options.c', function: 'procargs', callee: 'setinputfile' },
  { file: 'src/main.c', function: 'dotcmd', callee: 'setinputfile' },
  { file: 'src/main.c', function: 'read_profile', callee: 'setinputfile' },
];

/** The marked sites in C that a release's lock has. */
export async function markedIn(name: string): Promise<readonly Marked[]> {
  const known = await namedRelease(name);
  if (known === undefined) throw new Error(`no release ${name}`);
  const [lock] = known.target.locks.of(known.release.version);
  if (lock === undefined) throw new Error(`${name} has no lock`);
  return lock.rules
    .filter(({ verdict }) => verdict === 'mark')
    .flatMap(({ sites }) => sites)
    .flatMap(({ id }) => {
      const [file = '', owner = '', callee = '', text = ''] = id.split('#');
      // Where the name of an opener is handed on, the call that holds it is the site.
      return C_FILE.test(file)
        ? [{ file, function: owner, callee: /^\w+$/.test(callee) ? callee : (/^\w+/.exec(text)?.[0] ?? '') }]
        : [];
    });
}

/** How well a list does against what is known. */
export interface Score {
  readonly sites: number;
  /** The place in the list of each marked site, from 1; undefined for one that is not in it. */
  readonly places: readonly { readonly marked: Marked; readonly place: number | undefined }[];
  /** Of the sites that are suggested to be marked or left to the builder, those that are known to open code. */
  readonly precision: number;
  /** Of the marked sites, those in the first tenth. */
  readonly recall: number;
}

/** Holds a list against what is known. */
export function scoreOf({ ranked }: Discovery, marked: readonly Marked[]): Score {
  const is = (site: FoundSite, one: Marked): boolean =>
    site.file === one.file && site.function === one.function && site.callee === one.callee;
  const taken = new Set<number>();
  const places = marked.map((one) => {
    const at = ranked.findIndex((site, index) => is(site, one) && !taken.has(index));
    if (at >= 0) taken.add(at);
    return { marked: one, place: at < 0 ? undefined : at + 1 };
  });
  const likely = ranked.filter(({ verdict }) => verdict !== 'exempt');
  const right = likely.filter((site) => marked.some((one) => is(site, one))).length;
  const first = Math.ceil(ranked.length / 10);
  return {
    sites: ranked.length,
    places,
    precision: likely.length === 0 ? 0 : right / likely.length,
    recall: places.filter(({ place }) => place !== undefined && place <= first).length / marked.length,
  };
}

/** Discovery of a tree, without progress. */
export function discoveryOf(path: string): Discovery {
  return discover(readTree(path), { step: () => undefined, count: () => undefined });
}

/** Does something with the tree of dash, where the cache has Debian's source; `.ci/sources dash/bookworm` brings it. */
export function withDash<T>(work: (path: string) => T): T | undefined {
  const dsc = dashSource();
  if (dsc === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'mayexec-dash-'));
  try {
    const tree = join(folder, 'dash');
    const { status, stderr } = spawnSync('dpkg-source', ['--no-check', '-x', dsc, tree], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    if (status !== 0) throw new Error(stderr);
    return work(tree);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The .dsc of dash in the cache. */
export function dashSource(): string | undefined {
  const folder = join(openCache().folder, 'sources', 'dash', 'bookworm');
  if (!existsSync(folder)) return undefined;
  const name = readdirSync(folder).find((one) => one.endsWith('.dsc'));
  return name === undefined ? undefined : join(folder, name);
}
