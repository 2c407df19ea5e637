import { Follower } from '../evidence/follow.ts';
import type { Evidence } from '../evidence/follow.ts';
import type { Program } from '../evidence/program.ts';
import { READS } from '../evidence/sinks.ts';
import type { Call, Place } from '../languages/body.ts';
import type { Found } from '../languages/site.ts';
import type { Site, Tree } from '../target/contract.ts';
import { accessOf, judged, POLICY, verdictOf } from './judge.ts';
import type { FoundSite } from './judge.ts';
import type { Flows } from './flows.ts';
import { Namer } from './names.ts';
import { argumentsOf, callAt, gives } from './openers.ts';
import type { Open, Openers, Wrapper } from './openers.ts';
import { opened } from './read.ts';
import type { Opened } from './read.ts';
import { C_FILE, LEFT, TOOLS } from './unknown.ts';
import { evaluates, evaluatesInput, isReaderFile, leaning, takes, weight } from './words.ts';

/** A function or macro of the tree that opens what it is given, or gives what it opens, for whoever reads the list. */
export interface FoundWrapper {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly name: string;
  readonly kind: 'function' | 'macro';
  /** Whether it hands on what was opened: then its calls decide. */
  readonly hands: boolean;
  /** What it opens by. */
  readonly opens: string;
  /** What is opened in the end: a file, a directory, a process, or a name that is made. */
  readonly what: Open['opening']['kind'];
  /** How many functions that keep what they open are between it and the open: 0 where it opens itself. */
  readonly through: number;
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
  /** Calls that were counted and not judged: directories, processes, names. */
  readonly apart: Readonly<Record<string, number>>;
  /** What cannot be seen, a sentence each. */
  readonly unseen: readonly string[];
}

/** Told how far it is. */
export interface Steps {
  step(text: string): void;
  count(done: number, total: number): void;
}

/** How many places are looked at for one call: with twice as many no marked site of the releases that are known is found besides. */
const PLACES = 100;

/** Functions that release, close or complain: what they are given goes nowhere that matters. */
const HARMLESS = /(?:^|_)[xz]?(?:free|close|error|warn\w*|fatal|panic)(?:_|$)/i;

const APART = { directory: 'directories', process: 'processes', name: 'names of files' } as const;

/**
 * Finds where the C of an interpreter that nothing is known of opens files, and ranks the places by what tells that it is
 * code: what reads it, what evaluates it, what names it.
 *
 * @param told how far it is
 * @throws Problem when a file cannot be read
 */
export async function discover(tree: Tree, told: Steps): Promise<Discovery> {
  told.step('looking for what opens');
  const read = await opened(tree);
  const { openers, program } = read;
  const all = openers.opens.filter(({ site }) => site.kind === 'call' || site.kind === 'macro');
  const files = all.filter((open) => open.opening.kind === 'file' && !isItself(open));
  const opens = files.filter(isNear);
  told.step('following what is opened');
  const judge = judging(read);
  const sites = opens.map((open, index) => {
    told.count(index, opens.length);
    return judge(open);
  });
  const settled = throughKeepers(
    besides(settle(sites, openers)),
    files.filter((open) => !isNear(open)),
    judge,
  );
  return {
    files: read.files.length,
    ranked: settled
      .filter(({ open }) => isNamedHere(open))
      .map(({ site }, index) => ({ site, index }))
      .sort((a, b) => b.site.score - a.site.score || a.index - b.index)
      .map(({ site }) => ({ ...site, score: Math.round(site.score * 100) / 100 })),
    wrappers: wrappersOf(openers.found, settled, program),
    apart: Object.fromEntries(
      Object.entries(APART).map(([kind, what]) => [
        what,
        all.filter(({ opening }) => opening.kind === kind && opening.by === 'library').length,
      ]),
    ),
    unseen: unseenIn(read, tree),
  };
}

/** Whether a call is one of a function to itself, which keeps what it opens. */
function isItself({ site, opening: { wrapper } }: Open): boolean {
  if (wrapper === undefined || gives(wrapper)) return false;
  return site.file === wrapper.file && site.spans.owner.start === wrapper.span.start;
}

/** Whether a call may name what is opened: what a function opens by a name that it knows itself is decided in there. */
function isNamedHere({ opening: { wrapper } }: Open): boolean {
  return wrapper === undefined || wrapper.given || wrapper.macro;
}

/** Whether at most one function that keeps what it opens is between a call and the open. */
function isNear({ opening: { wrapper } }: Open): boolean {
  if (wrapper === undefined || gives(wrapper)) return true;
  const { inner } = wrapper;
  return inner.wrapper === undefined || gives(inner.wrapper);
}

/**
 * Calls of a function that keeps what it opens open code where that does; they come after all that is decided where it stands.
 * Of those further away the ones are named that have one more such function in between, where it is likely that code is
 * opened in the end: who calls what opens data is in the list of wrappers.
 */
function throughKeepers(
  near: readonly Judged[],
  far: readonly Open[],
  judge: (open: Open) => Judged,
): readonly Judged[] {
  const known = new Map(near.map(({ open, site }) => [open, site]));
  const within = ({ opening: { wrapper } }: Open): FoundSite | undefined =>
    wrapper?.open !== undefined && !gives(wrapper) ? known.get(wrapper.open) : undefined;
  const raised = ({ site, full }: Judged, inner: FoundSite, root: FoundSite): FoundSite => ({
    ...site,
    score: DECIDED + Math.min(0.5, Math.max(0, full + root.score) / 20),
    why: `${site.why}: as code`,
    chain: [...site.chain, ...inner.chain],
  });
  for (const one of near) {
    const inner = within(one.open);
    if (inner !== undefined && inner.score >= POLICY) known.set(one.open, raised(one, inner, inner));
  }
  for (const open of far) {
    const inner = within(open);
    const root = open.opening.wrapper?.open && within(open.opening.wrapper.open);
    if (inner !== undefined && root?.verdict === 'mark') known.set(open, raised(judge(open), inner, root));
  }
  return [...known].map(([open, site]) => ({ open, site, full: site.score }));
}

/** What a call of a function that opens code itself counts at least: with what is said of the call, less than POLICY. */
const DECIDED = POLICY - 0.6;

/** Judges one call after the other; what is known of files is kept. */
function judging({ openers, program, flows, constants, files }: Opened): (open: Open) => Judged {
  const namer = new Namer(program, flows, constants);
  const follower = new Follower(program, new Map([['c', { test: (name) => evaluates(name) > 0 }]]), {
    places: PLACES,
    strength: evaluates,
    takes: ({ name, file, calls }, variable) => takes(name, file, isReadIn(calls, variable)),
    opens: (name) => /open/i.test(name) && !/^dlm?open$/.test(name),
    isReader: isReaderFile,
    input: evaluatesInput,
    isVariable: (name) => flows.isVariable(name),
    assigned: (body, call, place) => flows.assigned(body, call, place),
    harmless: (path) => HARMLESS.test(path),
    meant: (name) => (program.definers('c', name).length > 0 ? name : constants.meant(name)),
    namesOf: (name) => constants.callsOf(name),
  });
  // What a wrapper leaves where all functions see it is followed from there.
  const within = new Map<Wrapper, Evidence>();
  const follow = ({ opening: { wrapper } }: Open, site: Site): Evidence => {
    const found: Evidence =
      wrapper !== undefined && !gives(wrapper) ? { found: 'none' } : follower.follow(site);
    if (found.found === 'sink' || wrapper?.open === undefined || !wrapper.leaves.has('shared')) return found;
    const known = within.get(wrapper) ?? follower.follow(withPlace(wrapper.open.site), true);
    within.set(wrapper, known);
    if (known.found !== 'sink') return found;
    const [, ...rest] = known.chain;
    const first = { what: 'opened', file: site.file, line: site.line, name: site.callee } as const;
    return { ...known, chain: [first, ...rest] };
  };
  const textsOf = textsIn(program);
  const { helpers, largest } = programsIn(program, files);
  // Where the interpreter is among the tools of its tree, the name of that folder tells nothing.
  const beside = largest === undefined || !TOOLS.test(largest);
  const withPlace = (site: Found): Site => ({
    ...site,
    id: '',
    line: program.line(site.file, site.spans.callee.start),
    column: 0,
  });
  return (open) => {
    const { site, opening } = open;
    const { file } = site;
    const access = accessOf(open, modesOf(open, program, constants, textsOf));
    const whole = withPlace(site);
    const { line } = whole;
    const inside = opening.wrapper !== undefined && !gives(opening.wrapper) ? opening.name : undefined;
    const evidence: Evidence = access === 'writes' ? { found: 'none' } : follow(open, whole);
    const around = openers.around(site);
    const apart =
      (beside && TOOLS.test(file)) || helpers.has(file) ? 'a program beside the interpreter' : undefined;
    const reopens = isReopened(open, openers, program, flows);
    const found = judged({ open, line, access, named: namer.of(open), evidence, around, reopens, apart });
    const { score: full } = found;
    if (inside === undefined) return { open, site: found, full };
    const score = Math.min(found.score, 1);
    const why = `${found.why}; opened in ${inside}, and decided there`;
    return { open, full, site: { ...found, score, verdict: verdictOf(score, found.role), why } };
  };
}

/** Whether what fdopen(3) is given comes from another call that opens in the same function. */
function isReopened(open: Open, openers: Openers, program: Program, flows: Flows): boolean {
  if (open.opening.name !== 'fdopen') return false;
  const { site } = open;
  const body = program.at(site.file, site.spans.callee.start);
  const call = body && callAt(body, site);
  if (body === undefined || call === undefined) return false;
  const behind = flows.behind(body, call.given[0]?.from ?? []);
  return openers.within(site).some((other) => other !== open && behind.has(`<${other.site.spans.call.end}>`));
}

/** Whether a variable is read from, as a stream or a descriptor. */
function isReadIn(calls: readonly Call[], variable: Place): boolean {
  return calls.some(
    ({ path, given }) =>
      (READS.test(path) || /(?:read|getc|gets)$/i.test(path)) &&
      given.some(({ from }) => from.includes(variable)),
  );
}

/** Gives the texts that a tree puts in a variable by its name, as they are written. */
function textsIn(program: Program): (variable: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (variable) => {
    const before = known.get(variable);
    if (before) return before;
    const put = new RegExp(`\\b${variable}\\b\\s*(?:\\[\\s*\\w*\\s*\\])?\\s*=\\s*("[^"\\n]*")`, 'g');
    const found = program
      .holders('c', variable)
      .flatMap((file) => [...program.text(file).matchAll(put)].map(([, text = '']) => text));
    known.set(variable, found);
    return found;
  };
}

/** The text of the flags, or of the mode, that a call may open with. */
function modesOf(
  { site, opening }: Open,
  program: Program,
  constants: Opened['constants'],
  textsOf: (variable: string) => readonly string[],
): string {
  const text = program.text(site.file);
  const written = argumentsOf(text, site.spans.call);
  const modes = written.filter((_one, at) => opening.paths?.includes(at) !== true);
  const said = [...modes];
  const body = site.owner.kind === 'function' ? program.at(site.file, site.spans.callee.start) : undefined;
  const call = body && callAt(body, site);
  const places = (call?.given ?? []).flatMap(({ from }, at) =>
    opening.paths?.includes(at) === true ? [] : from,
  );
  for (const { to, at } of body?.moves ?? [])
    if (places.includes(to)) said.push(text.slice(at, Math.min(text.indexOf(';', at), at + 200)));
  for (const word of said.join(' ').match(/\b[A-Z_][A-Z0-9_]+\b/g) ?? [])
    said.push(constants.value(word) ?? '');
  for (const word of written)
    if (/^[a-z]\w*$/.test(word) && body?.own.has(word) !== true) said.push(...textsOf(word));
  return said.join(' ');
}

/** Names of files that make others for the build, or test. */
const HELPER = /(?:^|\/)(?:gen|mk|test)[^/]*\.c$|[_-](?:gen|test)[^/]*\.c$/;

/** The files with a function that is called `main`. */
function mainsIn(program: Program, files: readonly string[]): readonly string[] {
  return program
    .definers('c', 'main')
    .filter((file) => /\.(?:c|cc|cpp|cxx|xs)$/.test(file) && files.includes(file));
}

/**
 * Files with a `main` that calls hardly anything of other files, where another has one that does: programs that the build
 * runs, or that are installed beside the interpreter.
 */
function programsIn(
  program: Program,
  files: readonly string[],
): { readonly helpers: ReadonlySet<string>; readonly largest: string | undefined } {
  const reach = new Map<string, number>();
  for (const file of mainsIn(program, files)) {
    const called = new Set(program.text(file).match(/\b[A-Za-z_]\w*(?=\s*\()/g) ?? []);
    const elsewhere = [...called].filter((name) => {
      const definers = program.definers('c', name);
      return definers.length > 0 && !definers.includes(file);
    });
    reach.set(file, elsewhere.length);
  }
  const most = Math.max(0, ...reach.values());
  const small = [...reach].filter(([file, count]) => count * 8 < most || (count < most && HELPER.test(file)));
  return {
    helpers: new Set(small.map(([file]) => file)),
    largest: [...reach].find(([, count]) => count === most)?.[0],
  };
}

interface Judged {
  readonly open: Open;
  readonly site: FoundSite;
  /** The score that the call alone gives, where it is decided elsewhere. */
  readonly full: number;
}

/**
 * What stands in a function that hands on what it opens is decided by those who call it: where all of them seem to open
 * code it is code, and where code and data go through it, none.
 */
function settle(sites: readonly Judged[], openers: Openers): readonly Judged[] {
  let now = sites;
  // What stands in a wrapper that nobody calls, as where a branch of the preprocessor has another one, tells nothing.
  const idle = new Set<Open>();
  // A wrapper may stand in a wrapper.
  for (let round = 0; round < 6; round += 1) {
    const of = byWrapper(now.filter(({ open }) => !idle.has(open)));
    now = sites.map((one) => {
      const { open, site } = one;
      const wrapper = openers.around(open.site);
      const inner = open.opening.wrapper;
      if (wrapper === undefined || !gives(wrapper) || (inner !== undefined && !gives(inner))) return one;
      const callers = of.get(wrapper) ?? [];
      if (callers.length === 0) idle.add(open);
      if (callers.length === 0 || site.access === 'writes' || isEvaluatedHere(site)) return one;
      const code = callers.filter(({ score }) => score >= POLICY);
      // What is offered to others and named for code need not be called here at all.
      const named = leaning([wrapper.name]).code.some((word) => weight(word) > 1);
      if (named && code.length < callers.length) return one;
      if (code.length === 0 && callers.some(({ score }) => score >= 1)) return one;
      if (code.length === 0)
        return { ...one, site: { ...site, ...lowered(site, -1, 'none of its callers seems to open code') } };
      if (code.length < callers.length)
        return {
          ...one,
          site: {
            ...site,
            ...lowered(site, DECIDED, 'code and data go through here: open code by a separate function'),
          },
        };
      // What is in a table is called by who knows whom.
      if (openers.isTabled(wrapper)) return one;
      const score = Math.max(site.score, Math.min(...callers.map((one) => one.score)));
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

/** Where at least half of the calls of a function of the tree seem to open code, the others may. */
function besides(sites: readonly Judged[]): readonly Judged[] {
  const groups = byWrapper(sites);
  return sites.map((one) => {
    const { open, site } = one;
    const { wrapper } = open.opening;
    const group = wrapper && groups.get(wrapper);
    if (group === undefined) return one;
    const code = group.filter(({ score }) => score >= POLICY).length;
    if (code * 2 < group.length || site.score < 0 || site.score >= DECIDED) return one;
    const why = `${site.why}; ${code} of ${group.length} calls of ${site.callee} seem to open code`;
    return { ...one, site: { ...site, score: DECIDED, why } };
  });
}

/** The sites of each function or macro of the tree that opens. */
function byWrapper(sites: readonly Judged[]): ReadonlyMap<Wrapper, readonly FoundSite[]> {
  const groups = new Map<Wrapper, FoundSite[]>();
  for (const { open, site } of sites) {
    const { wrapper } = open.opening;
    if (wrapper === undefined) continue;
    const group = groups.get(wrapper);
    if (group) group.push(site);
    else groups.set(wrapper, [site]);
  }
  return groups;
}

/** Whether what a call opens is evaluated on a way that does not lead through those who call the function around it. */
function isEvaluatedHere({ chain }: FoundSite): boolean {
  return chain.at(-1)?.what === 'evaluated' && !chain.some(({ what }) => what === 'returned');
}

function lowered(site: FoundSite, most: number, why: string): Pick<FoundSite, 'score' | 'verdict' | 'why'> {
  return { score: Math.min(site.score, most), verdict: 'exempt', why: `${site.why}; ${why}` };
}

function wrappersOf(
  found: readonly Wrapper[],
  sites: readonly Judged[],
  program: Program,
): readonly FoundWrapper[] {
  const of = byWrapper(sites);
  return found
    .map((wrapper) => {
      const { file, name, macro, span, inner, level } = wrapper;
      const mine = of.get(wrapper) ?? [];
      const count = (verdict: FoundSite['verdict']): number =>
        mine.filter((site) => site.verdict === verdict).length;
      const callers = { mark: count('mark'), policy: count('policy'), exempt: count('exempt') };
      return {
        ...{ file, name, kind: macro ? ('macro' as const) : ('function' as const), hands: gives(wrapper) },
        line: program.line(file, span.start),
        ...{ opens: inner.name, what: inner.kind, through: level, callers },
        mixed: callers.mark + callers.policy > 0 && callers.exempt > 0,
      };
    })
    .sort((a, b) => a.through - b.through);
}

function unseenIn({ openers, files, judge }: Opened, tree: Tree): readonly string[] {
  const all = tree.files.filter((file) => C_FILE.test(file));
  const made = tree.files.filter(
    (file) => /\.(?:y|l|def|in|tmpl|awk|pl|PL|m4)$/.test(file) && !LEFT.test(file),
  );
  const odd = [...new Set(openers.opens.map(({ site }) => site.file))].filter(
    (file) => judge(file).layout.blocks.every(({ name }) => name === undefined) && !/\.(?:h|hh)$/.test(file),
  );
  const some = (list: readonly string[]): string =>
    `${list.slice(0, 5).join(', ')}${list.length > 5 ? ', ...' : ''}`;
  const { tables } = openers;
  return [
    'opens in libraries that the interpreter is linked with, and in files that the build makes',
    tables.length === 0
      ? 'calls through pointers to functions: no table of functions was seen whose field has the name of a function that opens'
      : `calls through pointers to functions, but for fields that have the name of a function that opens: ${tables.join(', ')}`,
    'code that macros put together, and names that they make with ##',
    ...(made.length > 0 ? [`${made.length} files that may make C: ${some(made)}`] : []),
    ...(odd.length > 0 ? [`${odd.length} files in which no function could be told apart: ${some(odd)}`] : []),
    ...(all.length > files.length
      ? [
          `${all.length - files.length} files of C in folders of tests, examples and documentation, or for other systems, which were not read`,
        ]
      : []),
  ];
}
