import type { Decision } from '../classify/classify.ts';
import type { Body } from '../lock/body.ts';
import type { Lock, LockedRule } from '../target/lock.ts';
import type { Rule, Site } from '../target/contract.ts';
import { toldAbsent } from '../target/bundled.ts';
import type { Absent } from '../target/bundled.ts';
import { KINDS } from './finding.ts';
import type { Finding } from './finding.ts';

/** What a tree is held against, and what of it. */
export interface Judged {
  readonly decisions: readonly Decision[];
  readonly body: (site: Site) => Body;
  /** The release's own lock alone, or those of its neighbours: the nearest older release, and the nearest newer one. */
  readonly locks: readonly Lock[];
  /** Overlays of these: what distributions' changes add. */
  readonly overlays: readonly Lock[];
  /** Whether a file is in the tree. */
  readonly has: (file: string) => boolean;
  /** The bundled parts that are not in it: what they opened is the business of the system's libraries. */
  readonly absent: readonly Absent[];
  /** The patches that the tree's series has or would have. */
  readonly patches: ReadonlySet<string>;
  /** Those of the target that nobody may leave out, each with the rules whose sites it rewrites. */
  readonly needed: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Holds what is decided about a tree against what is known of other releases.
 *
 * A site passes in silence where a lock has it, by its id, with the same verdict and default; where it is not opened as
 * code though its owner evaluates something, the owner must be the same as well.
 *
 * @returns findings, worst first
 */
export function judge(subject: Judged): readonly Finding[] {
  const known = knownSites([...subject.locks, ...subject.overlays]);
  const owners = new Set([...known.keys()].map(ownerOf));
  const findings = [
    ...vanished(subject),
    ...lost(subject),
    ...unbundled(subject),
    ...subject.decisions.flatMap(
      (decision) => findingOf(decision, subject, known.get(decision.site.id) ?? [], owners) ?? [],
    ),
  ];
  return findings
    .map((finding, index) => ({ finding, index }))
    .sort((a, b) => KINDS.indexOf(a.finding.kind) - KINDS.indexOf(b.finding.kind) || a.index - b.index)
    .map(({ finding }) => finding);
}

/** A site as a known release has it. */
interface Known {
  readonly lock: Lock;
  readonly rule: LockedRule;
  readonly body: string;
}

function knownSites(locks: readonly Lock[]): ReadonlyMap<string, readonly Known[]> {
  const known = new Map<string, Known[]>();
  for (const lock of locks) {
    for (const rule of lock.rules) {
      for (const { id, body } of rule.sites) {
        const one = { lock, rule, body };
        const others = known.get(id);
        if (others) others.push(one);
        else known.set(id, [one]);
      }
    }
  }
  return known;
}

type Decided = Pick<Rule, 'verdict' | 'default'>;

const opensCode = ({ verdict, default: otherwise }: Decided): boolean =>
  verdict === 'mark' || otherwise === 'mark';

const alike = (a: Decided, b: Decided): boolean => a.verdict === b.verdict && a.default === b.default;

/**
 * @param known the same site in other releases
 * @param owners the functions in which these have sites
 */
function findingOf(
  { site, rule }: Decision,
  { body }: Judged,
  known: readonly Known[],
  owners: ReadonlySet<string>,
): Finding | undefined {
  const about = { about: site.id, site } as const;
  if (rule === undefined) {
    return {
      ...about,
      kind: 'undecided',
      level: 'review',
      body: body(site).hash,
      says: 'no rule decides it',
    };
  }
  const same = known.filter((one) => alike(one.rule, rule));
  if (same.length > 0 && opensCode(rule)) return undefined;
  const own = body(site);
  const decided = { ...about, level: 'review', rule, body: own.hash } as const;
  if (same.length > 0) {
    if (!own.evaluates || same.some((one) => one.body === own.hash)) return undefined;
    const says = `${site.owner.name} evaluates something and has changed: is the file still no code?`;
    return { ...decided, kind: 'changed-body', says };
  }
  const [other] = known;
  if (other !== undefined) {
    const says = `${other.rule.verdict} in ${other.lock.release}, by ${other.rule.id}`;
    return { ...decided, kind: 'other-verdict', says };
  }
  if (opensCode(rule)) {
    // Nothing is rewritten here that could be wrong.
    return site.state === 'rewritten' || rule.through !== undefined
      ? { ...decided, kind: 'new-mark', level: 'note', says: 'the function that it calls opens it as code' }
      : { ...decided, kind: 'new-mark', says: 'the series would open it as code' };
  }
  if (rule.verdict === 'policy')
    return { ...decided, kind: 'new-policy', says: 'an optional patch opens it as code' };
  if (isBroad(rule))
    return { ...decided, kind: 'new-broad', says: `new, and ${rule.id} decides whole folders` };
  const says = owners.has(ownerOf(site.id))
    ? 'new, in a function that the rule names'
    : 'new, and no known release opens a file in this function';
  return { ...decided, kind: 'new-exempt', says };
}

/** Whether a rule decides sites in functions that it does not name. */
function isBroad({ places }: Rule): boolean {
  return places.some(({ files }) => Object.values(files).some((owners) => owners.includes('...')));
}

/**
 * Sites of code that every lock has and the tree has not, unless one that is new in the same function, or by the same
 * rule in the same file, opens code in their place: that is looked at as what it is.
 */
function lost({ decisions, locks, has, absent }: Judged): readonly Finding[] {
  const here = new Set(decisions.map(({ site }) => site.id));
  const marking = new Set(decisions.flatMap(({ rule }) => (rule && opensCode(rule) ? [rule.id] : [])));
  const locked = new Set(
    locks.flatMap((lock) => lock.rules.flatMap(({ sites }) => sites.map(({ id }) => id))),
  );
  const fresh = decisions.flatMap(({ site, rule }) =>
    rule && opensCode(rule) && !locked.has(site.id)
      ? [{ owner: ownerOf(site.id), file: site.file, rule: rule.id }]
      : [],
  );
  const replaced = (id: string, rule: string): boolean => {
    const likes = [
      fresh.findIndex(({ owner }) => owner === ownerOf(id)),
      fresh.findIndex((one) => one.file === fileOf(id) && one.rule === rule),
    ];
    const found = likes.find((index) => index >= 0);
    if (found !== undefined) fresh.splice(found, 1);
    return found !== undefined;
  };
  const marks = locks.map((lock) => new Map(lock.rules.filter(opensCode).map((rule) => [rule.id, rule])));
  const [first, ...others] = marks;
  const findings: Finding[] = [];
  for (const [id, rule] of first ?? []) {
    // What goes through another function opens nothing itself: where the call is gone, so is the way.
    if (rule.through !== undefined || others.some((other) => !other.has(id))) continue;
    const gone = rule.sites.filter((site) => {
      // Neighbours that have other sites of a rule agree that it marks something.
      const agreed = marking.has(id) && others.some((other) => !siteIn(other.get(id), site.id));
      if (here.has(site.id) || agreed || partOf(site.id, absent) !== undefined) return false;
      return !replaced(site.id, id);
    });
    if (gone.length > 0 && !marking.has(id)) {
      const says = `rule ${id} has no site left: its files are opened by other means, or no longer`;
      findings.push({ kind: 'emptied', level: 'stop', about: id, says });
      continue;
    }
    findings.push(
      ...gone.map((site): Finding => {
        const what = has(fileOf(site.id)) ? 'call' : 'file';
        const says = `rule ${rule.id} marked code here, but the ${what} is gone: name the site that opens it now`;
        return { kind: 'lost-mark', level: 'stop', about: site.id, says };
      }),
    );
  }
  return findings;
}

const siteIn = (rule: LockedRule | undefined, id: string): boolean =>
  rule?.sites.some((site) => site.id === id) ?? false;

/** The file of a site, by its id. */
export const fileOf = (id: string): string => id.slice(0, id.indexOf('#'));

/** The file and the function of a site, by its id. */
const ownerOf = (id: string): string => id.split('#', 2).join('#');

/** The bundled part that would have a site, by its id, and is not in the tree. */
const partOf = (id: string, absent: readonly Absent[]): Absent | undefined =>
  absent.find(({ holds }) => holds(fileOf(id)));

/** Bundled parts that the tree has not, and other files with sites that every lock has. */
function unbundled({ locks, has, absent }: Judged): readonly Finding[] {
  const note = { kind: 'unbundled', level: 'note' } as const;
  const [first, ...others] = locks.map(
    (lock) => new Set(lock.rules.flatMap(({ sites }) => sites.map(({ id }) => fileOf(id)))),
  );
  const gone = [...(first ?? [])].filter((file) => !has(file) && others.every((other) => other.has(file)));
  return [
    ...absent.map(({ part }): Finding => ({ ...note, about: part.what, says: toldAbsent(part) })),
    ...gone
      .filter((file) => !absent.some(({ holds }) => holds(file)))
      .map((file): Finding => ({ ...note, about: file, says: 'is not in this tree' })),
  ];
}

/**
 * Patches that every lock has, that nobody may leave out, and of which this tree's series has nothing. Where the rules
 * whose sites a patch rewrites have none in this tree it has nothing to do: what became of the sites is seen by itself.
 */
function vanished({ locks, patches, needed, decisions }: Judged): readonly Finding[] {
  const [first, ...others] = locks;
  return (first?.patches ?? []).flatMap((id): readonly Finding[] => {
    const rules = needed.get(id);
    if (rules === undefined || patches.has(id) || others.some((other) => !other.patches.includes(id)))
      return [];
    const idle = rules.size > 0 && !decisions.some(({ rule }) => rule !== undefined && rules.has(rule.id));
    const says = idle ? 'has nothing to rewrite in this tree' : 'has no edit for this tree';
    return [{ kind: 'vanished-patch', level: idle ? 'note' : 'stop', about: id, says }];
  });
}
