import type { Evidence, Step } from '../evidence/follow.ts';
import type { Role } from '../target/contract.ts';
import { MODE } from './families.ts';
import type { Named } from './names.ts';
import { gives, isLoader } from './openers.ts';
import type { Open, Wrapper } from './openers.ts';
import { asRead, leaning, runsFile, weight } from './words.ts';
import type { Leaning } from './words.ts';

/** How a file is opened, as far as the call tells. */
type Access = 'reads' | 'writes' | 'both' | 'unknown';

/** A call that opens, and what is guessed about it. */
export interface FoundSite {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly function: string;
  /** The call with white space folded. */
  readonly text: string;
  readonly callee: string;
  readonly by: Open['opening']['by'];
  readonly access: Access;
  /** A path that the call, or a caller, writes out. */
  readonly literal: string | undefined;
  readonly role: Role;
  readonly verdict: 'mark' | 'policy' | 'exempt';
  /** What speaks for it and against it, a sentence. */
  readonly why: string;
  readonly chain: readonly Step[];
  /** The order of the list, of two decimals: more says code. From 5 on it says mark, from 2.25 on policy. */
  readonly score: number;
  /** The wrapper that the call stands in, where that hands on what was opened. */
  readonly wrapper: string | undefined;
}

/** What is known of a call before it is judged. */
interface Signs {
  readonly open: Open;
  readonly line: number;
  readonly access: Access;
  readonly named: Named;
  readonly evidence: Evidence;
  /** What the function around the call is as a wrapper. */
  readonly around: Wrapper | undefined;
  /** Whether it makes a stream of a descriptor that the same function opens. */
  readonly reopens: boolean;
  /** Why its file is no part of the interpreter on this system. */
  readonly apart: string | undefined;
}

/** From which score on a site is suggested to be marked, or to be left to the builder. */
const MARK = 5;
export const POLICY = 2.25;
/** What a shared object counts at most: no interpreter reads it, and who builds decides. */
const LOADABLE = 3;

/** Paths that are no code, whoever opens them. */
const DATA_PATH =
  /^\/(?:dev|proc|sys|tmp)(?:\/|$)|^\/etc\/(?:passwd|group|hosts|utmp|mtab|fstab|localtime|termcap|resolv\.conf|services|timezone)|^\/usr\/share\/(?:locale|zoneinfo|terminfo)|history$|\.(?:o|a|log|txt|tmp|out|db|dat|pid|lock)$|XXXXXX/;
/** Paths that are read as code at the start. */
const STARTUP_PATH = /(?:^|[./_])(?:\w*rc|\w*profile|\.?\w*login|\w*logout|init(?:\.\w+)?|\.\w*env|startup)$/;
const STARTUP_ENV = /(?:ENV|RC|INIT|STARTUP|PROFILE)$/;

/** What is said of one call that opens. */
export function judged(signs: Signs): FoundSite {
  const { open, line, access, named, evidence, around } = signs;
  const { site, opening } = open;
  const { file, owner, callee, text } = site;
  const own = leaning([owner.name, callee, ...(named.given.match(/[A-Za-z_]\w*/g) ?? []).filter(isName)]);
  const near = leaning([...named.words, ...named.literals, file.replace(/^.*\//, '').replace(/\.\w+$/, '')]);
  const { score, why } = weigh(signs, own, near);
  const role = roleOf(signs, own, near, score);
  return {
    ...{ file, line, function: owner.name, text: text.slice(0, 200), callee, by: opening.by, access },
    literal: named.literals[0],
    role,
    verdict: verdictOf(score, role),
    why,
    chain: evidence.found === 'sink' ? evidence.chain : [{ what: 'opened', file, line, name: callee }],
    score,
    wrapper: around !== undefined && gives(around) ? owner.name : undefined,
  };
}

/** The suggestion that a score comes to; shared objects are for whoever builds to decide. */
export function verdictOf(score: number, role: Role): FoundSite['verdict'] {
  if (score < POLICY) return 'exempt';
  return score >= MARK && role !== 'loadable' ? 'mark' : 'policy';
}

function isName(word: string): boolean {
  return !/^O_[A-Z]+$|^NULL$/.test(word);
}

/** What the end of a chain counts, by how much its name says. */
const CERTAINTY = [0, 1, 1.75, 3] as const;

/** Adds up what speaks for code and against it. */
function weigh(
  { open, access, named, evidence, around, reopens, apart }: Signs,
  own: Leaning,
  near: Leaning,
): { readonly score: number; readonly why: string } {
  const { owner } = open.site;
  const says: string[] = [];
  let score = 0;
  const add = (points: number, what: string): void => {
    score += points;
    says.push(what);
  };
  if (evidence.found === 'sink' && access !== 'writes') {
    const { chain, strength = 0 } = evidence;
    add(CERTAINTY[strength] ?? 0, `goes to ${chain.at(-1)?.name ?? ''}`);
    if (chain.some(({ what }) => what === 'read')) score += 0.5;
    score -= Math.max(0, chain.length - 4) * 0.25;
    if (strength < 3 && chain.some(({ what }) => what === 'kept')) score -= 0.5;
  }
  const weights = own.code.reduce((sum, word) => sum + weight(word), 0);
  if (weights > 0) add(Math.min(3.5, weights), `named for code: ${own.code.join(' ')}`);
  // A file of the same name may be written elsewhere; and what is sure to be evaluated may be called whatever it is.
  const read = access === 'reads';
  const sure = evidence.found === 'sink' && evidence.strength === 3;
  const other = read ? asRead(own.other) : own.other;
  if (other.length > 0)
    add(-Math.min(4, 2 * other.length) / (read && sure ? 2 : 1), `named for other use: ${other.join(' ')}`);
  const far = near.code.filter((word) => !own.code.includes(word));
  if (far.length > 0) add(Math.min(1.5, 0.5 * far.length), `near: ${far.slice(0, 4).join(' ')}`);
  const against = near.other.filter((word) => !own.other.includes(word));
  if (against.length > 0) add(-Math.min(2, 0.5 * against.length), `near: ${against.slice(0, 4).join(' ')}`);
  const pair = [owner.name, open.opening.wrapper?.name ?? ''].find(runsFile);
  if (pair !== undefined) add(1.5, `${pair} says so`);
  if (/\bO_MAYEXEC\b/.test(open.site.text)) add(5, 'opened with O_MAYEXEC');
  if (named.argument) add(1.5, 'an argument of the program names it');
  const startup = named.literals.find((one) => STARTUP_PATH.test(one));
  if (startup !== undefined) add(2, `a startup file: ${startup}`);
  const environment = named.environment.find((one) => STARTUP_ENV.test(one));
  if (environment !== undefined) add(1.5, `named by ${environment} of the environment`);
  const data = named.literals.filter((one) => DATA_PATH.test(one));
  if (data.length > 0 && data.length === named.literals.length) add(-5, `no path of code: ${data[0] ?? ''}`);
  if (access === 'writes') add(-8, 'written to');
  if (access === 'both') add(-2.5, 'read and written');
  // What is read and given to an evaluator there and then is code, whatever its name.
  if (
    read &&
    sure &&
    evidence.chain.every(({ what }) => ['opened', 'read', 'given', 'evaluated'].includes(what))
  )
    score = Math.max(score, POLICY);
  if (isLoader(open.opening)) {
    says.push('loads a shared object');
    score = Math.min(score, LOADABLE);
  }
  if (reopens) add(-6, 'of a descriptor that is opened in this function');
  else if (open.opening.name === 'fdopen') add(-1.5, 'of a descriptor that is open already');
  if (apart !== undefined) add(-3, apart);
  if (around !== undefined && gives(around)) add(-0.5, 'its callers get what is opened');
  return { score, why: says.length === 0 ? 'nothing tells of code' : says.join('; ') };
}

/**
 * How a call opens.
 *
 * @param said what the flags, or the mode, may be: the arguments, and what is assigned to them
 */
export function accessOf({ opening }: Open, said: string): Access {
  if (opening.writes) return 'writes';
  let reads = false;
  let writes = false;
  for (const [, text = ''] of said.matchAll(/"([^"\n]*)"/g)) {
    if (!MODE.test(text)) continue;
    if (text.startsWith('r') || text.includes('+')) reads = true;
    if (!text.startsWith('r') || text.includes('+')) writes = true;
  }
  if (/\bO_RDONLY\b/.test(said)) reads = true;
  if (/\bO_(?:WRONLY|CREAT|APPEND|TRUNC)\b/.test(said)) writes = true;
  if (/\bO_RDWR\b/.test(said)) reads = writes = true;
  if (reads && writes) return 'both';
  return reads ? 'reads' : writes ? 'writes' : 'unknown';
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

function roleOf({ open, access, named }: Signs, own: Leaning, near: Leaning, score: number): Role {
  if (isLoader(open.opening)) return 'loadable';
  const literal = named.literals.find((one) => DATA_PATH.test(one));
  if (literal !== undefined && /tty|console/.test(literal)) return 'tty';
  if (open.opening.writes && /mk\w*temp|tmpfile/.test(open.opening.name)) return 'temp';
  for (const [role, words] of ROLES) if (own.other.some((one) => words.test(one))) return role;
  if (access === 'writes') return 'output';
  if (score < POLICY)
    return [...own.code, ...near.code].some((one) => /conf|rc$/.test(one)) ? 'config' : 'data';
  if (named.literals.some((one) => STARTUP_PATH.test(one))) return 'startup';
  if (named.environment.some((one) => STARTUP_ENV.test(one))) return 'startup';
  for (const words of [own.code, near.code])
    for (const [role, known] of CODE_ROLES) if (words.some((one) => known.test(one))) return role;
  return named.argument ? 'script' : 'data';
}
