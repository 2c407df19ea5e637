import type { Site, Span, Target, Tree } from '../../target/contract.ts';
import { callsOf } from './calls.ts';
import { callersElsewhere, isHeader } from './callers.ts';
import { callWithParameter } from './flow.ts';
import type { Named, Opens, Reached } from '../language.ts';
import { Layout } from './layout.ts';

type Opening = Omit<Reached, 'caller'>;

/** A call with the function or macro that holds it. */
interface Held {
  readonly file: string;
  readonly owner: { readonly kind: 'function' | 'define'; readonly name: string; readonly span: Span };
  readonly call: Span;
}

/**
 * The functions and macros of C that open what they are given, that another file calls, and that are no openers: what is
 * opened is decided by their callers, and none of those calls is a site.
 *
 * One that hands what it is given to such a function of its own file is one as well, where that function is seen by
 * nobody else: else its calls become sites when it is made an opener.
 *
 * @param named those that are left out, and whoever calls only them
 * @throws Problem when a file cannot be read
 */
export async function reachedIn(
  { sites, openers: known, files, outlines }: Opens,
  tree: Tree,
  target: Target,
  named: readonly Named[],
): Promise<readonly Reached[]> {
  const openers = known
    .filter(({ as }) => as === 'callee')
    .map(({ files, token }) => ({ files, whole: new RegExp(`^(?:${token.source})$`) }));
  const left = ({ file, name }: Named): boolean =>
    openers.some(({ files, whole }) => files.test(file) && whole.test(name)) ||
    named.some((one) => one.file === file && one.name === name);
  const sources = [...grouped(callsIn(sites), ({ file }) => file)].flatMap(([file, calls]) => {
    const layout = outlines.get(file);
    return !(layout instanceof Layout) ? [] : [new Source(file, tree.read(file), layout, calls, left)];
  });
  const key = ({ file, name }: Named): string => `${file}#${name}`;
  // All that can be asked for, so that the tree is searched once.
  const asked = sources.flatMap((source) => source.openings(() => true));
  const callers = new Map(
    [...(await callersElsewhere(asked, files, tree, target))].map(([one, place]) => [key(one), place]),
  );
  if (callers.size === 0) return [];
  return sources
    .flatMap((source) => source.openings((one) => !callers.has(key(one))))
    .flatMap((one) => {
      const caller = callers.get(key(one));
      return caller ? [{ ...one, caller }] : [];
    });
}

/** The opens of the census that are calls. */
function callsIn(sites: readonly Site[]): readonly Held[] {
  return sites.flatMap(({ file, kind, owner, spans }) => {
    if (kind !== 'call' && kind !== 'macro') return [];
    if (owner.kind !== 'function' && owner.kind !== 'define') return [];
    return [{ file, owner: { kind: owner.kind, name: owner.name, span: spans.owner }, call: spans.call }];
  });
}

/** A definition in its parts. */
interface Cut {
  /** The file, or so much of it as is code. */
  readonly code: string;
  readonly parameters: string;
  readonly body: Span;
  /** Whether no other file can call it. */
  readonly own: boolean;
}

/** A C file in which functions are looked for. */
class Source {
  private readonly file: string;
  private readonly text: string;
  private readonly layout: Layout;
  private readonly opens: readonly Held[];
  private readonly left: (one: Named) => boolean;
  /** @param opens the calls in it that open */
  constructor(
    file: string,
    text: string,
    layout: Layout,
    opens: readonly Held[],
    left: (one: Named) => boolean,
  ) {
    this.file = file;
    this.text = text;
    this.layout = layout;
    this.opens = opens;
    this.left = left;
  }

  /**
   * The functions that open what they are given, and that other files can see.
   *
   * @param through whether those that call such a function with what they are given are looked for too; they always are
   * for one that this file alone can see
   */
  openings(through: (one: Named) => boolean): readonly Opening[] {
    const known = new Set<string>();
    const shared: Opening[] = [];
    const { file } = this;
    for (let held = this.opens; held.length > 0;) {
      const next: string[] = [];
      for (const calls of grouped(held, ({ owner }) => owner.span.start).values()) {
        const { owner } = calls[0];
        const one = { file, name: owner.name };
        if (known.has(owner.name) || this.left(one)) continue;
        const cut = this.cut(owner);
        const call = cut && callWithParameter({ ...cut, calls: calls.map((each) => each.call) });
        if (call === undefined) continue;
        known.add(owner.name);
        const own = cut?.own === true;
        if (!own) shared.push({ ...one, call });
        if (own || through(one)) next.push(owner.name);
      }
      held = callsOf(next, this.layout).map((one) => ({
        file,
        call: one.call,
        owner: { kind: 'function', ...one.owner },
      }));
    }
    return shared;
  }

  /** A definition in its parts; undefined for a macro without parameters. */
  private cut({ kind, name, span }: Held['owner']): Cut | undefined {
    if (kind === 'define') {
      // The layout is blank where directives are.
      const line = this.text.lastIndexOf('\n', span.start - 1) + 1;
      const parameters = /\([^()]*\)$/.exec(this.text.slice(line, span.start))?.[0];
      return parameters === undefined ? undefined : { code: this.text, parameters, body: span, own: false };
    }
    const { code } = this.layout;
    const start = code.indexOf('{', span.start);
    const header = code.slice(span.start, start);
    const at = header.search(new RegExp(`\\b${name}\\b`));
    if (at < 0) return undefined;
    // Projects have their own macros for it, whose names say so.
    const own = /static/i.test(header.slice(0, at)) && !isHeader(this.file);
    return { code, parameters: header.slice(at + name.length), body: { start, end: span.end }, own };
  }
}

function grouped<T, K>(all: readonly T[], key: (one: T) => K): ReadonlyMap<K, [T, ...T[]]> {
  const groups = new Map<K, [T, ...T[]]>();
  for (const one of all) {
    const group = groups.get(key(one));
    if (group) group.push(one);
    else groups.set(key(one), [one]);
  }
  return groups;
}
