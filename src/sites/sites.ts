import { parserFor } from '../parse/grammar.js';
import type { Language, Site, Skipped, Target, Tree } from '../target/contract.js';
import { aliasesOf } from './aliases.js';
import { CFile } from './c-file.js';
import { hitsIn, Scanner, shippedOf, unreadIn } from './census.js';
import type { Hit } from './census.js';
import { PerlFile } from './perl-file.js';
import { PythonFile } from './python-file.js';
import { Lines, named } from './site.js';
import type { Found, Judged, Other } from './site.js';

/** What a scan of a tree found, every hit accounted for. */
export interface Census {
  /** Files that were scanned. */
  readonly files: number;
  /** Statements (C) and definitions (Python) that were parsed. */
  readonly parsed: number;
  readonly hits: number;
  readonly other: Readonly<Record<Other, number>>;
  /** Each hit with what it was, in the order of files and offsets. */
  readonly accounts: readonly { readonly hit: Hit; readonly was: Other | 'site' }[];
  readonly sites: readonly Site[];
  readonly notShipped: readonly { readonly why: string; readonly files: readonly string[] }[];
  /** What stands in the tree and could not be read as a file of it, though it may be source. */
  readonly unread: readonly Skipped[];
}

/**
 * Finds and names every place in a tree where a file is opened.
 *
 * @throws Problem when a file cannot be read
 */
export async function censusOf(tree: Tree, target: Target): Promise<Census> {
  const shipped = shippedOf(tree, target);
  const sources = shipped.files.map((one) => ({ ...one, text: tree.read(one.file) }));
  const scanner = new Scanner([...target.openers, ...aliasesOf(sources, target.openers)]);
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
  let parsed = 0;
  for (const { file, language, text } of sources) {
    await breath();
    const hits = hitsIn(file, language, text, scanner);
    if (hits.length === 0) continue;
    const judge = await judgeOf(file, language, text, target, hits.at(-1)?.end ?? 0);
    const found: Found[] = [];
    for (const hit of hits) {
      const judged: Judged = judge.judge(hit);
      if ('other' in judged) {
        other[judged.other] += 1;
        accounts.push({ hit, was: judged.other });
      } else {
        found.push(judged.site);
        accounts.push({ hit, was: 'site' });
      }
    }
    parsed += judge.slices;
    judge.free();
    if (found.length > 0) sites.push(...named(found, new Lines(text)));
  }
  return {
    files: sources.length,
    parsed,
    hits: accounts.length,
    other,
    accounts,
    sites,
    notShipped: shipped.left,
    unread: unreadIn(tree, target),
  };
}

async function judgeOf(
  file: string,
  language: Language,
  text: string,
  target: Target,
  until: number,
): Promise<CFile | PythonFile | PerlFile> {
  if (language === 'perl') return new PerlFile(file, text, until);
  const parser = await parserFor(language);
  return language === 'c'
    ? new CFile(file, text, target, parser)
    : new PythonFile(file, text, target, parser);
}

/** How long signals may wait, in ms. */
const PATIENCE = 100;
let last = performance.now();

/** Lets signals come in now and then: nothing else in a census waits for anything. */
async function breath(): Promise<void> {
  if (performance.now() - last < PATIENCE) return;
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  last = performance.now();
}
