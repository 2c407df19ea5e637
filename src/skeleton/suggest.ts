import type { Role, Site } from '../target/contract.ts';

/** What is guessed about a site, by its file, line and callee. */
export interface Suggestion {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly callee: string;
  readonly function: string;
  readonly verdict: 'mark' | 'policy' | 'exempt';
  readonly role: Role;
  readonly why: string;
}

/** A rule to be confirmed, for sites of one function that have one verdict and one role. */
export interface SuggestedRule extends Pick<Suggestion, 'file' | 'verdict' | 'role'> {
  readonly id: string;
  readonly owner: string;
  readonly why: string;
  readonly callees: readonly string[];
  /** Texts of the calls, where the callees are those of another rule of the function as well. */
  readonly texts: readonly string[] | undefined;
  readonly lines: readonly number[];
}

/** What a site is opened for whose callee says it. */
const ROLES: readonly (readonly [RegExp, Role])[] = [
  [/opendir|scandir|ftw/, 'directory'],
  [/popen/, 'process'],
  [/dlm?open/, 'loadable'],
  [/tmp|mktemp|mkst|mkdtemp|memfd/, 'temp'],
  [/creat/, 'output'],
];

const ORDER = ['mark', 'policy', 'exempt'];

/**
 * Rules for all sites of a tree, each with the verdict that discovery suggests; what may open code comes first.
 *
 * @param sites of the census of the tree
 * @param suggestions of discovery; a site that it did not judge is suggested to be exempt
 */
export function suggestedRules(
  sites: readonly Site[],
  suggestions: readonly Suggestion[],
): readonly SuggestedRule[] {
  const groups = new Map<string, { readonly guess: Suggestion; readonly sites: Site[] }>();
  for (const site of sites) {
    const guess = guessFor(site, suggestions);
    const key = JSON.stringify([site.file, site.owner.name, guess.verdict, guess.role]);
    const group = groups.get(key);
    if (group) group.sites.push(site);
    else groups.set(key, { guess, sites: [site] });
  }
  const ids = new Set<string>();
  const rules = [...groups.values()].map(({ guess, sites: mine }): SuggestedRule => {
    const [first] = mine;
    const owner = first?.owner.name ?? '-';
    const callees = unique(mine.map(({ callee }) => callee));
    const others = sites.filter(
      (one) => one.file === guess.file && one.owner.name === owner && !mine.includes(one),
    );
    const shared = others.some(({ callee }) => callees.includes(callee));
    return {
      ...{
        id: newId(guess.file, owner, ids),
        file: guess.file,
        owner,
        verdict: guess.verdict,
        role: guess.role,
      },
      ...{ why: guess.why, callees, texts: shared ? unique(mine.map(({ text }) => text)) : undefined },
      lines: mine.map(({ line }) => line),
    };
  });
  return rules.toSorted((one, other) => ORDER.indexOf(one.verdict) - ORDER.indexOf(other.verdict));
}

function guessFor(site: Site, suggestions: readonly Suggestion[]): Suggestion {
  const near = suggestions.filter((one) => one.file === site.file && one.callee === site.callee);
  const found =
    near.find(({ line }) => line === site.line) ??
    near.find((one) => one.function === site.owner.name && Math.abs(one.line - site.line) < 2);
  if (found !== undefined) return { ...found, file: site.file };
  const role = ROLES.find(([callee]) => callee.test(site.callee))?.[1] ?? 'data';
  const why = 'discovery does not judge this call';
  return {
    file: site.file,
    line: site.line,
    callee: site.callee,
    function: site.owner.name,
    verdict: 'exempt',
    role,
    why,
  };
}

/** A name for a rule that no other one has. */
function newId(file: string, owner: string, ids: Set<string>): string {
  const word = (text: string): string =>
    text
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .toLowerCase();
  const base = word(owner === '-' ? file : owner) || 'site';
  let id = base;
  for (let more = 2; ids.has(id); more += 1) id = `${base}-${more}`;
  ids.add(id);
  return id;
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
