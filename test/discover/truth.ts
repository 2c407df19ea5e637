import { discover } from '../../src/discover/discover.ts';
import type { Discovery } from '../../src/discover/discover.ts';
import type { FoundSite } from '../../src/discover/judge.ts';
import { readTree } from '../../src/source/tree.ts';
import { layoutOf } from '../../src/languages/c/layout.ts';
import type { Target, Tree } from '../../src/target/contract.ts';
import { namedRelease } from '../../src/target/find.ts';
import { FAMILIES } from '../../src/discover/families.ts';
import { C_FILE } from '../../src/discover/unknown.ts';

/** A place that is known to open code. */
export interface Marked {
  readonly file: string;
  readonly function: string;
  readonly callee: string;
}

/** The releases that discovery is judged by. Its rules were changed after a look at their trees. */
export const RELEASES = [
  'bash@5.2.15',
  'busybox@1.35.0',
  'dash@0.5.12',
  'gawk@5.2.1',
  'mawk@1.3.4-20200120',
  'mksh@59c',
  'original-awk@2022-09-12',
  'perl@5.36.0',
  'python@3.11.2',
  'sed@4.9',
  'zsh@5.9',
] as const;

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

/** A function or macro that is known to open what others give it, or to give what it opens. */
interface KnownWrapper {
  readonly file: string;
  readonly name: string;
}

/**
 * The wrappers of a release: those that its target names, and the openers of its target that its tree defines as functions,
 * the helpers of the kit apart. What opens in libc alone is no wrapper, whatever else has its name.
 */
export async function wrappersOf(name: string, tree: Tree): Promise<readonly KnownWrapper[]> {
  const known = await namedRelease(name);
  if (known === undefined) throw new Error(`no release ${name}`);
  const { target } = known;
  const names = new Set(
    tree.files.flatMap((file) => (shipsIn(target, file) ? functionsIn(tree, file, target) : [])),
  );
  const openers = target.openers.filter(
    ({ lang, as, rewritten }) => lang === 'c' && as === 'callee' && rewritten !== true,
  );
  return [
    ...(target.wrappers ?? []).filter(
      (one) => tree.has(one.file) && functionsIn(tree, one.file, target).includes(one.name),
    ),
    ...[...names].flatMap((one) =>
      !FAMILIES.has(one) && openers.some(({ token }) => new RegExp(`^(?:${token.source})$`).test(one))
        ? [{ file: '', name: one }]
        : [],
    ),
  ];
}

function shipsIn(target: Target, file: string): boolean {
  return C_FILE.test(file) && !target.notShipped.some((one) => one.files.test(file));
}

const functions = new WeakMap<Tree, Map<string, readonly string[]>>();

/** The names of the functions of a C file; macros with arguments are among them where a target may name one. */
function functionsIn(tree: Tree, file: string, target: Target): readonly string[] {
  const memo = functions.get(tree) ?? new Map<string, readonly string[]>();
  functions.set(tree, memo);
  const known = memo.get(file);
  if (known) return known;
  const { blocks, directives } = layoutOf({ file, text: tree.read(file) }, target);
  const macros = new Set((target.wrappers ?? []).flatMap((one) => (one.file === file ? [one.name] : [])));
  const found = [
    ...blocks.flatMap(({ name }) => name ?? []),
    ...directives.flatMap(({ define }) =>
      define !== undefined && macros.has(define.name.text) ? [define.name.text] : [],
    ),
  ];
  memo.set(file, found);
  return found;
}

/** How well the list of wrappers does. */
export interface WrapperScore {
  readonly known: number;
  readonly missed: readonly string[];
  /** Of the wrappers that are listed, those that are known. */
  readonly precision: number;
}

/** Holds the list of wrappers against those that are known. */
export function wrapperScore({ wrappers }: Discovery, known: readonly KnownWrapper[]): WrapperScore {
  const is = (one: KnownWrapper, name: string, file: string): boolean =>
    one.name === name && (one.file === '' || one.file === file);
  const right = wrappers.filter(({ name, file }) => known.some((one) => is(one, name, file))).length;
  return {
    known: known.length,
    missed: known.flatMap((one) =>
      wrappers.some(({ name, file }) => is(one, name, file)) ? [] : [one.name],
    ),
    precision: wrappers.length === 0 ? 0 : right / wrappers.length,
  };
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
  /** The length of the top of the list: a tenth, or two places for each marked site where that is more. */
  readonly top: number;
  /** Of the marked sites, those in the top. */
  readonly recallAtTop: number;
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
  const top = Math.max(first, 2 * marked.length);
  const recallAt = (length: number): number =>
    places.filter(({ place }) => place !== undefined && place <= length).length / marked.length;
  return {
    sites: ranked.length,
    places,
    precision: likely.length === 0 ? 0 : right / likely.length,
    recall: recallAt(first),
    top,
    recallAtTop: recallAt(top),
  };
}

/** Discovery of a tree, without progress. */
export function discoveryOf(path: string): Promise<Discovery> {
  return discover(readTree(path), { step: () => undefined, count: () => undefined });
}
