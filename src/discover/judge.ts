import type { Step } from '../evidence/follow.ts';
import { folded } from '../languages/folded.ts';
import type { Role, Tree } from '../target/contract.ts';
import { chainOf } from './chain.ts';
import type { Chain } from './chain.ts';
import { MODE } from './families.ts';
import { namesOf } from './names.ts';
import type { Named } from './names.ts';
import type { OpenCall, Wrapper } from './openers.ts';
import type { Sources } from './program.ts';
import { textAt } from './reader.ts';
import { leaning, weight } from './words.ts';
import type { Leaning } from './words.ts';

/** How a file is opened, as far as the call tells. */
export type Access = 'reads' | 'writes' | 'both' | 'unknown';

/** A call that opens, and what is guessed about it. */
export interface FoundSite {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly function: string;
  /** The call with white space folded. */
  readonly text: string;
  readonly callee: string;
  readonly by: OpenCall['opening']['by'];
  readonly access: Access;
  /** A path that the call, or a caller, writes out. */
  readonly literal: string | undefined;
  readonly role: Role;
  readonly verdict: 'mark' | 'policy' | 'exempt';
  /** What speaks for it and against it, a sentence. */
  readonly why: string;
  readonly chain: readonly Step[];
  /** The order of the list: more says code. */
  readonly score: number;
  /** The wrapper that the call stands in, where that hands on what was opened. */
  readonly wrapper: string | undefined;
}

/** From which score on a site is suggested to be marked, or to be left to the builder. */
const MARK = 5;
const POLICY = 2.5;

/** Paths that are no code, whoever opens them. */
const DATA_PATH =
  /^\/(?:dev|proc|sys|tmp)(?:\/|$)|^\/etc\/(?:passwd|group|hosts|utmp|mtab|fstab|localtime|termcap|resolv\.conf|services|timezone)|^\/usr\/share\/(?:locale|zoneinfo|terminfo)|history$|\.(?:o|a|log|txt|tmp|out|db|dat|pid|lock)$|XXXXXX/;
/** Paths that are read as code at the start. */
const STARTUP_PATH = /(?:^|[./_])(?:\w*rc|\w*profile|\.?\w*login|\w*logout|init(?:\.\w+)?|\.\w*env|startup)$/;
const STARTUP_ENV = /(?:ENV|RC|INIT|STARTUP|PROFILE)$/;

/** What is said of one call that opens. */
export function judged(
  open: OpenCall,
  { wrapper, inside, apart }: Around,
  sources: Sources,
  tree: Tree,
): FoundSite {
  const { definition, call, opening } = open;
  const { file, name } = definition;
  const end = Number(call.result.slice(1, -1));
  const access = accessOf(open, sources);
  const named = namesOf(open, sources);
  // What is kept by whom it calls goes on from there.
  const chain = access === 'writes' || inside !== undefined ? undefined : chainOf(open, sources, tree);
  const own = leaning([name, call.path, ...direct(open, sources)]);
  const around = leaning([
    ...named.words,
    ...named.literals,
    file.replace(/^.*\//, '').replace(/\.\w+$/, ''),
  ]);
  const weighed = weigh({ access, named, chain, own, around, open, apart, hands: wrapper?.hands === true });
  const { score, why } =
    inside === undefined
      ? weighed
      : { score: Math.min(weighed.score, 1), why: `${weighed.why}; opened in ${inside}, and decided there` };
  const role = roleOf({ access, named, own, around, opening, score });
  return {
    file,
    line: sources.line(file, call.at, tree),
    function: name,
    text: folded(sources.text(definition, call.at, end)).slice(0, 200),
    callee: call.path,
    by: opening.by,
    access,
    literal: named.literals[0],
    role,
    verdict: verdictOf(score, role),
    why,
    chain: chain?.steps ?? [
      { what: 'opened', file, line: sources.line(file, call.at, tree), name: call.path },
    ],
    score,
    wrapper: wrapper?.hands === true ? name : undefined,
  };
}

/** The suggestion that a score comes to; shared objects are for whoever builds to decide. */
export function verdictOf(score: number, role: Role): FoundSite['verdict'] {
  if (score < POLICY) return 'exempt';
  return score >= MARK && role !== 'loadable' ? 'mark' : 'policy';
}

/** What is known of the place of a call. */
export interface Around {
  /** The wrapper that it stands in. */
  readonly wrapper: Wrapper | undefined;
  /** The function that is called and keeps what it opens. */
  readonly inside: string | undefined;
  /** Why its file is no part of the interpreter on this system. */
  readonly apart: string | undefined;
}

interface Signs {
  readonly apart: string | undefined;
  readonly access: Access;
  readonly named: Named;
  readonly chain: Chain | undefined;
  readonly own: Leaning;
  readonly around: Leaning;
  readonly open: OpenCall;
  readonly hands: boolean;
}

/** Adds up what speaks for code and against it. */
function weigh({ access, named, chain, own, around, open, apart, hands }: Signs): {
  score: number;
  why: string;
} {
  const says: string[] = [];
  let score = 0;
  const add = (points: number, what: string): void => {
    score += points;
    says.push(what);
  };
  if (chain !== undefined) {
    const last = chain.steps.at(-1)?.name ?? '';
    const far = Math.max(0, chain.steps.length - 4) * 0.25;
    add([0, 1, 2, 3][chain.strength] ?? 0, `goes to ${last}`);
    score += (chain.read ? 0.5 : 0) - far;
  }
  const weights = own.code.reduce((sum, word) => sum + weight(word), 0);
  if (weights > 0) add(Math.min(3.5, weights), `named for code: ${own.code.join(' ')}`);
  if (own.other.length > 0)
    add(-Math.min(4, 2 * own.other.length), `named for other use: ${own.other.join(' ')}`);
  const far = around.code.filter((word) => !own.code.includes(word));
  if (far.length > 0) add(Math.min(1.5, 0.5 * far.length), `near: ${far.slice(0, 4).join(' ')}`);
  const against = around.other.filter((word) => !own.other.includes(word));
  if (against.length > 0) add(-Math.min(2, 0.5 * against.length), `near: ${against.slice(0, 4).join(' ')}`);
  if (named.argument) add(1.5, 'an argument of the program names it');
  const startup = named.literals.find((one) => STARTUP_PATH.test(one));
  if (startup !== undefined) add(2, `a startup file: ${startup}`);
  const environment = named.environment.find((one) => STARTUP_ENV.test(one));
  if (environment !== undefined) add(1.5, `named by ${environment} of the environment`);
  const data = named.literals.filter((one) => DATA_PATH.test(one));
  if (data.length > 0 && data.length === named.literals.length) add(-5, `no path of code: ${data[0] ?? ''}`);
  if (access === 'writes') add(-8, 'written to');
  if (access === 'both') add(-2.5, 'read and written');
  if (open.opening.gives === 'loadable') add(1, 'loads a shared object');
  if (open.call.path === 'fdopen') add(-1.5, 'of a descriptor that is open already');
  if (apart !== undefined) add(-3, apart);
  if (hands) add(-0.5, 'its callers get what is opened');
  return { score, why: says.length === 0 ? 'nothing tells of code' : says.join('; ') };
}

/** The names in the call itself. */
function direct({ call, definition }: OpenCall, sources: Sources): readonly string[] {
  const places = call.given.flatMap(({ from }) => from);
  const { calls } = sources.body(definition);
  return places.flatMap((place) => {
    if (textAt(place) !== undefined || /^O_[A-Z]+$|^NULL$/.test(place)) return [];
    if (place.startsWith('<')) return calls.find(({ result }) => result === place)?.path ?? [];
    return [place.replace(/^[*.]/, '')];
  });
}

function accessOf({ call, opening, definition }: OpenCall, sources: Sources): Access {
  if (opening.writes) return 'writes';
  if (opening.gives === 'loadable') return 'reads';
  const places =
    opening.how === undefined
      ? []
      : call.given.slice(opening.how, opening.how + 1).flatMap(({ from }) => from);
  const body = sources.body(definition);
  const all = new Set([
    ...places,
    ...body.moves.filter(({ to }) => places.includes(to)).map(({ from }) => from),
  ]);
  let reads = false;
  let writes = false;
  for (const place of all) {
    const text = textAt(place) ?? textOf(sources.constant(place));
    const value = text === undefined ? (sources.constant(place) ?? place) : '';
    if (text !== undefined && MODE.test(text)) {
      if (text.startsWith('r') || text.includes('+')) reads = true;
      if (!text.startsWith('r') || text.includes('+')) writes = true;
    }
    const flags = `${place} ${value}`;
    if (/\bO_RDONLY\b/.test(flags)) reads = true;
    if (/\bO_(?:WRONLY|CREAT|APPEND|TRUNC)\b/.test(flags)) writes = true;
    if (/\bO_RDWR\b/.test(flags)) {
      reads = true;
      writes = true;
    }
  }
  if (reads && writes) return 'both';
  return reads ? 'reads' : writes ? 'writes' : 'unknown';
}

function textOf(constant: string | undefined): string | undefined {
  return constant === undefined ? undefined : /^"([^"]*)"$/.exec(constant)?.[1];
}

const ROLES: readonly (readonly [Role, RegExp])[] = [
  ['tty', /^(?:tty|ttyname|term\w*)$/],
  ['temp', /^(?:tmp\w*|temp\w*)$/],
  ['redirect', /^(?:redir\w*|heredoc|here)$/],
  ['output', /^(?:log\w*|dump\w*|out|output|outfile|write\w*|save\w*|trace|report)$/],
];
const CODE_ROLES: readonly (readonly [Role, RegExp])[] = [
  ['startup', /^(?:startup\w*|profile|rc|\w*rc|rcfile|init\w*|login|logout|site)$/],
  ['module', /^(?:modules?|import\w*|require\w*|include\w*|autoload\w*|lib|library|package|load\w*)$/],
  ['loadable', /^(?:plugins?|extensions?)$/],
  [
    'script',
    /^(?:scripts?\w*|\w*script|code|src|sources?|program|prog\w*|main|eval\w*|run|exec|execute|cmds?|commands?)$/,
  ],
];

function roleOf({
  access,
  named,
  own,
  around,
  opening,
  score,
}: Pick<Signs, 'access' | 'named' | 'own' | 'around'> & {
  readonly opening: OpenCall['opening'];
  readonly score: number;
}): Role {
  if (opening.gives === 'loadable') return 'loadable';
  const literal = named.literals.find((one) => DATA_PATH.test(one));
  if (literal !== undefined && /tty|console/.test(literal)) return 'tty';
  if (opening.writes && opening.name.startsWith('mk')) return 'temp';
  for (const [role, words] of ROLES) if (own.other.some((one) => words.test(one))) return role;
  if (access === 'writes') return 'output';
  if (score < POLICY)
    return [...own.code, ...around.code].some((one) => /conf|rc$/.test(one)) ? 'config' : 'data';
  if (named.literals.some((one) => STARTUP_PATH.test(one))) return 'startup';
  if (named.environment.some((one) => STARTUP_ENV.test(one))) return 'startup';
  for (const words of [own.code, around.code])
    for (const [role, known] of CODE_ROLES) if (words.some((one) => known.test(one))) return role;
  return named.argument ? 'script' : 'data';
}
