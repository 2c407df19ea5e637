import type { Tree } from '../target/contract.ts';
import { APART } from './families.ts';
import { judged, verdictOf } from './judge.ts';
import type { FoundSite } from './judge.ts';
import { Openers } from './openers.ts';
import type { OpenCall, Wrapper } from './openers.ts';
import { C_FILE, Sources } from './program.ts';
import { leaning, weight } from './words.ts';

/** A function of the tree that opens what it is given, for whoever reads the list. */
export interface FoundWrapper {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly name: string;
  readonly kind: 'function' | 'macro';
  /** Whether it hands on what was opened: then its calls are sites. */
  readonly hands: boolean;
  /** What it opens by. */
  readonly opens: string;
  /** Calls that open by it, by what is suggested for them. */
  readonly callers: Readonly<Record<FoundSite['verdict'], number>>;
  /** Whether code and data go through it. */
  readonly mixed: boolean;
}

/** What was found in a tree. */
export interface Discovery {
  readonly files: number;
  /** Best first. */
  readonly ranked: readonly FoundSite[];
  readonly wrappers: readonly FoundWrapper[];
  /** Calls that were counted and not judged: directories, processes. */
  readonly apart: Readonly<Record<string, number>>;
  /** What cannot be seen, a sentence each. */
  readonly unseen: readonly string[];
}

/** Told how far it is. */
export interface Steps {
  step(text: string): void;
  count(done: number, total: number): void;
}

/** Parts of a tree that are no part of what is installed, by the usual names of their folders. */
const LEFT =
  /(?:^|\/)(?:tests?|t|testing|testsuite|unittests?|examples?|samples?|demos?|docs?|bench(?:marks?)?|fuzz\w*)\//i;

/** Parts of a tree that are for a system without these system calls, by the usual names of their folders and files. */
const OTHER_SYSTEM =
  /(?:^|\/)(?:win(?:32|64|dows|ce)?|os2|os390|vms|amiga\w*|cygwin|msdos|djgpp|mac(?:os|osx)?|beos|haiku|plan9|netware|symbian|epoc|qnx|vos|mint|riscos|nt|pc|emscripten|wasm)(?:[/_.]|$)|_(?:win32?|windows|vms|os2|mac)\.c$/i;

/**
 * Finds where the C of an interpreter that nothing is known of opens files, and ranks the places by what tells that it is
 * code: what reads it, what evaluates it, what names it.
 *
 * @param told how far it is
 * @throws Problem when a file cannot be read
 */
export function discover(tree: Tree, told: Steps): Discovery {
  const all = tree.files.filter((file) => C_FILE.test(file));
  const files = all.filter((file) => !LEFT.test(file));
  const sources = new Sources();
  const odd: string[] = [];
  told.step('reading');
  for (const [index, file] of files.entries()) {
    told.count(index, files.length);
    if (!sources.add(file, tree)) odd.push(file);
  }
  told.step('looking for what opens');
  const openers = new Openers(sources);
  const calls = openers.holders().flatMap((definition) => openers.callsIn(definition));
  told.step('following what is opened');
  const helpers = sources.helpers();
  const apart = (file: string): string | undefined =>
    OTHER_SYSTEM.test(file)
      ? 'for another system'
      : helpers.has(file)
        ? 'a program beside the interpreter'
        : undefined;
  const sites = calls.map((open, index) => {
    told.count(index, calls.length);
    const { definition, opening } = open;
    const kept =
      opening.by === 'wrapper' && opening.definition !== undefined && openers.wrapper(opening.definition);
    const around = {
      wrapper: openers.wrapper(definition),
      inside: kept !== undefined && kept !== false && !kept.hands ? opening.name : undefined,
      apart: apart(definition.file),
    };
    return { open, site: judged(open, around, sources, tree), inside: around.inside !== undefined };
  });
  const settled = settle(sites, openers);
  return {
    files: files.length,
    ranked: settled
      .map(({ site }, index) => ({ site, index }))
      .sort((a, b) => b.site.score - a.site.score || a.index - b.index)
      .map(({ site }) => site),
    wrappers: wrappersOf(openers.found, settled, sources, tree),
    apart: Object.fromEntries(
      [...new Set(APART.values())].map((what) => [
        what,
        [...APART]
          .filter(([, kind]) => kind === what)
          .reduce((sum, [name]) => sum + sources.calling(name).length, 0),
      ]),
    ),
    unseen: unseenIn({ odd, openers, all: all.length, files: files.length, tree }),
  };
}

interface Judged {
  readonly open: OpenCall;
  readonly site: FoundSite;
  /** Whether what is called keeps what it opens. */
  readonly inside: boolean;
}

/**
 * What stands in a function that hands on what it opens is decided by those who call it: where all of them seem to open
 * code it is code, and where code and data go through it, none.
 */
function settle(sites: readonly Judged[], openers: Openers): readonly Judged[] {
  let now = sites;
  // What stands in a wrapper that nobody calls, as where a branch of the preprocessor has another one, tells nothing.
  const idle = new Set<OpenCall>();
  // A wrapper may stand in a wrapper.
  for (let round = 0; round < 6; round += 1) {
    const of = new Map<string, FoundSite[]>();
    for (const { open, site } of now) {
      const known = open.opening.by === 'library' ? undefined : open.opening.definition;
      if (known === undefined || idle.has(open)) continue;
      const key = `${known.file}#${known.name}`;
      const group = of.get(key);
      if (group) group.push(site);
      else of.set(key, [site]);
    }
    now = sites.map((one) => {
      const { open, site, inside } = one;
      if (openers.wrapper(open.definition)?.hands !== true || inside) return one;
      const callers = of.get(`${open.definition.file}#${open.definition.name}`) ?? [];
      if (callers.length === 0) idle.add(open);
      if (callers.length === 0 || site.access === 'writes') return one;
      const code = callers.filter(({ score }) => score >= 2.5);
      // What is offered to others and named for code need not be called here at all.
      const named = leaning([open.definition.name]).code.some((word) => weight(word) > 1);
      if (named && code.length < callers.length) return one;
      if (code.length === 0 && callers.some(({ score }) => score >= 1)) return one;
      if (code.length === 0)
        return { ...one, site: { ...site, ...lowered(site, -1, 'none of its callers seems to open code') } };
      if (code.length < callers.length)
        return {
          ...one,
          site: {
            ...site,
            ...lowered(site, 0.5, 'code and data go through here: open code by a separate function'),
          },
        };
      const score = Math.max(site.score, ...callers.map((one) => one.score));
      return {
        ...one,
        site: {
          ...site,
          score,
          verdict: verdictOf(score, site.role),
          why: `${site.why}; all its callers seem to open code`,
        },
      };
    });
  }
  return now;
}

function lowered(site: FoundSite, most: number, why: string): Pick<FoundSite, 'score' | 'verdict' | 'why'> {
  return { score: Math.min(site.score, most), verdict: 'exempt', why: `${site.why}; ${why}` };
}

function wrappersOf(
  found: readonly Wrapper[],
  sites: readonly Judged[],
  sources: Sources,
  tree: Tree,
): readonly FoundWrapper[] {
  return found.map(({ definition, hands, inner }) => {
    const { file, name, macro, start } = definition;
    const mine = sites.filter(({ open }) => open.opening.definition === definition);
    const count = (verdict: FoundSite['verdict']): number =>
      mine.filter(({ site }) => site.verdict === verdict).length;
    const callers = { mark: count('mark'), policy: count('policy'), exempt: count('exempt') };
    return {
      file,
      line: sources.line(file, start, tree),
      name,
      kind: macro ? 'macro' : 'function',
      hands,
      opens: inner.name,
      callers,
      mixed: callers.mark + callers.policy > 0 && callers.exempt > 0,
    };
  });
}

function unseenIn({
  odd,
  openers,
  all,
  files,
  tree,
}: {
  readonly odd: readonly string[];
  readonly openers: Openers;
  readonly all: number;
  readonly files: number;
  readonly tree: Tree;
}): readonly string[] {
  const tables = [...openers.tables.keys()].map((one) => one.slice(1));
  const made = tree.files.filter(
    (file) => /\.(?:y|l|def|in|tmpl|awk|pl|PL|m4)$/.test(file) && !LEFT.test(file),
  );
  return [
    'opens in libraries that the interpreter is linked with, and in files that the build makes',
    tables.length === 0
      ? 'calls through pointers to functions: no table of functions was seen whose field has the name of a function that opens'
      : `calls through pointers to functions, but for fields that have the name of a function that opens: ${tables.join(', ')}`,
    'code that macros put together, and names that they make with ##',
    ...(made.length > 0
      ? [
          `${made.length} files that may make C: ${made.slice(0, 5).join(', ')}${made.length > 5 ? ', ...' : ''}`,
        ]
      : []),
    ...(odd.length > 0
      ? [
          `${odd.length} files in which no function could be told apart: ${odd.slice(0, 5).join(', ')}${odd.length > 5 ? ', ...' : ''}`,
        ]
      : []),
    ...(all > files
      ? [`${all - files} files of C in folders of tests, examples and documentation, which were not read`]
      : []),
  ];
}
