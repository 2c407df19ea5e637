import { hitsIn, Scanner } from '../languages/hits.ts';
import type { Hit } from '../languages/hits.ts';
import type { Outline, Source } from '../languages/language.ts';
import { assertRead, languages, readerOf } from '../languages/registry.ts';
import { Lines, named } from '../languages/site.ts';
import type { Found, Judged, Other } from '../languages/site.ts';
import { prepareParser } from '../parse/grammar.ts';
import type { Language, Opener, Site, Skipped, Target, Tree } from '../target/contract.ts';
import { shippedOf, unreadIn } from './shipped.ts';

/** What a scan of a tree found, every hit accounted for. */
export interface Census {
  /** Files that were scanned. */
  readonly files: number;
  /** Their names and languages. */
  readonly sources: readonly { readonly file: string; readonly language: Language }[];
  /** What is known of those of them that hold sites, for whoever reads them again. */
  readonly outlines: ReadonlyMap<string, Outline>;
  /** Languages of which the sites were told without a parser. */
  readonly unparsed: ReadonlySet<Language>;
  /** Stretches of files that were parsed. */
  readonly parsed: number;
  readonly hits: number;
  readonly other: Readonly<Record<Other, number>>;
  /** Each hit with what it was, in the order of files and offsets. */
  readonly accounts: readonly { readonly hit: Hit; readonly was: Other | 'site' }[];
  readonly sites: readonly Site[];
  readonly notShipped: readonly { readonly why: string; readonly files: readonly string[] }[];
  /** Openers that macros of the tree make. */
  readonly aliases: readonly Opener[];
  /** What is in the tree and could not be read as a file of it, but may be source. */
  readonly unread: readonly Skipped[];
}

/**
 * Finds and names every place in a tree where a file is opened.
 *
 * @throws Problem `target-invalid` for a language that is not read, or when a file cannot be read
 */
export async function censusOf(tree: Tree, target: Target): Promise<Census> {
  assertRead(target);
  const shipped = shippedOf(tree, target);
  // While a grammar is compiled the files are read. One alone: two would be in each other's way.
  const [main] = languages()
    .map(([language, { grammar }]) => ({
      grammar,
      files: shipped.files.filter((one) => one.language === language).length,
    }))
    .filter(({ grammar }) => grammar !== undefined)
    .sort((one, other) => other.files - one.files);
  if (main?.grammar !== undefined && main.files > 0) prepareParser(main.grammar);
  await turn();
  const sources = shipped.files.map((one) => ({ ...one, text: tree.read(one.file) }));
  const aliases = aliasesIn(sources, target.openers);
  const scanner = new Scanner([...target.openers, ...aliases]);
  const other: Record<Other, number> = {
    comment: 0,
    string: 0,
    prototype: 0,
    directive: 0,
    local: 0,
    dead: 0,
  };
  const accounts: { hit: Hit; was: Other | 'site' }[] = [];
  const sites: Site[] = [];
  const outlines = new Map<string, Outline>();
  let parsed = 0;
  for (const { file, language, text } of sources) {
    const one = await accountOf(file, language, text, target, scanner);
    if (one === undefined) continue;
    if (one.outline) outlines.set(file, one.outline);
    for (const { hit, was } of one.accounts) {
      if (was !== 'site') other[was] += 1;
      accounts.push({ hit, was });
    }
    parsed += one.parsed;
    sites.push(...one.sites);
  }
  return {
    files: sources.length,
    sources: shipped.files,
    outlines,
    unparsed: new Set(languages().flatMap(([language, { grammar }]) => (grammar ? [] : [language]))),
    parsed,
    hits: accounts.length,
    other,
    accounts,
    sites,
    notShipped: shipped.left,
    aliases,
    unread: unreadIn(tree, target),
  };
}

/**
 * The sites of a tree of which some files are other than those of a tree that was looked at already: only these are
 * looked at again, unless a macro in them is a new name of an opener, which any file may use.
 *
 * @param before what was found in the other tree
 * @param changed names of files that are new, have another text, or are gone
 * @returns the sites of all files, in the order of {@link censusOf}
 * @throws Problem when a file cannot be read
 */
export async function sitesAgain(
  before: Census,
  tree: Tree,
  target: Target,
  changed: ReadonlySet<string>,
): Promise<readonly Site[]> {
  const { files } = shippedOf({ ...tree, files: tree.files.filter((file) => changed.has(file)) }, target);
  const sources = files.map((one) => ({ ...one, text: tree.read(one.file) }));
  const openers = [...target.openers, ...before.aliases];
  const added = aliasesIn(sources, openers);
  if (added.length > 0) return (await censusOf(tree, target)).sites;
  const scanner = new Scanner(openers);
  const found = before.sites.filter(({ file }) => !changed.has(file));
  for (const { file, language, text } of sources) {
    found.push(...((await accountOf(file, language, text, target, scanner))?.sites ?? []));
  }
  const order = new Map(tree.files.map((file, index) => [file, index]));
  return found
    .map((site, index) => ({ site, index }))
    .sort((a, b) => (order.get(a.site.file) ?? 0) - (order.get(b.site.file) ?? 0) || a.index - b.index)
    .map(({ site }) => site);
}

/** What the hits of one file are; undefined where it has none. */
async function accountOf(
  file: string,
  language: Language,
  text: string,
  target: Target,
  scanner: Scanner,
): Promise<(Pick<Census, 'parsed' | 'sites' | 'accounts'> & { readonly outline?: Outline }) | undefined> {
  await pauseForSignals();
  const hits = hitsIn(file, language, text, scanner);
  if (hits.length === 0) return undefined;
  const judge = await readerOf(language, target).judge({ file, text }, target, hits.at(-1)?.end ?? 0);
  const found: Found[] = [];
  const accounts = hits.map((hit): Census['accounts'][number] => {
    const judged: Judged = judge.judge(hit);
    if ('other' in judged) return { hit, was: judged.other };
    found.push(judged.site);
    return { hit, was: 'site' };
  });
  const { slices: parsed, outline } = judge;
  judge.free();
  if (found.length === 0) return { accounts, parsed, sites: [] };
  const sites = named(found, new Lines(text));
  return { accounts, parsed, sites, ...(outline && { outline }) };
}

/** Openers that the files of each language make, by giving an opener another name. */
function aliasesIn(
  sources: readonly (Source & { readonly language: Language })[],
  openers: readonly Opener[],
): readonly Opener[] {
  return languages().flatMap(([language, { aliases }]) => {
    const own = sources.filter((one) => one.language === language);
    return (
      aliases?.(
        own,
        openers.filter(({ lang }) => lang === language),
      ) ?? []
    );
  });
}

/** How long signals may wait, in ms. */
const PATIENCE = 100;
let last = performance.now();

/** Lets signals come in now and then: nothing else in a census waits for anything. */
async function pauseForSignals(): Promise<void> {
  if (performance.now() - last < PATIENCE) return;
  await turn();
  last = performance.now();
}

/** Lets what waits for the event loop go on. */
async function turn(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}
