/** What an expression is made of, as far as the targets write them. */
export type Node =
  | { readonly kind: 'text'; readonly text: string }
  /** One character of several, with one that stands for them. */
  | { readonly kind: 'some'; readonly sample: string }
  /** Matches a place and no text: `^`, `$`, `\b`, what is looked for around. */
  | { readonly kind: 'place' }
  | { readonly kind: 'back'; readonly group: number }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'choice'; readonly options: readonly Node[] }
  | { readonly kind: 'group'; readonly group: number; readonly source: string; readonly of: Node }
  | { readonly kind: 'repeat'; readonly of: Node; readonly least: number; readonly most: number };

const CLASSES: Readonly<Record<string, string>> = { s: ' ', S: 'a', w: 'a', W: ' ', d: '0', D: 'a' };
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', '0': '\0' };

/**
 * Reads an expression.
 *
 * @param source of a RegExp without the flags `u` and `v`, and without names of groups
 * @throws Error for what no target uses
 */
export function parsePattern(source: string): Node {
  const reader = new Reader(source);
  const node = reader.choice();
  if (!reader.done) throw new Error(`cannot read this expression: ${source}`);
  return node;
}

class Reader {
  private at = 0;
  private groups = 0;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  get done(): boolean {
    return this.at >= this.source.length;
  }

  choice(): Node {
    const options = [this.sequence()];
    while (this.take('|')) options.push(this.sequence());
    const [only] = options;
    return options.length === 1 && only !== undefined ? only : { kind: 'choice', options };
  }

  private take(text: string): boolean {
    if (!this.source.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private sequence(): Node {
    const items: Node[] = [];
    while (!this.done && !/[|)]/.test(this.source.charAt(this.at))) items.push(this.repeated(this.atom()));
    return { kind: 'sequence', items };
  }

  private repeated(of: Node): Node {
    const [all, mark = '', from, comma, to] =
      /^(?:([?*+])|\{(\d+)(?:(,)(\d*))?\})\??/.exec(this.source.slice(this.at)) ?? [];
    if (all === undefined) return of;
    this.at += all.length;
    if (from === undefined)
      return { kind: 'repeat', of, least: mark === '+' ? 1 : 0, most: mark === '?' ? 1 : Infinity };
    const most = comma === undefined ? Number(from) : to === '' ? Infinity : Number(to);
    return { kind: 'repeat', of, least: Number(from), most };
  }

  private atom(): Node {
    const [around] = /^\(\?<?[=!]/.exec(this.source.slice(this.at)) ?? [];
    if (around !== undefined) {
      this.at += around.length;
      this.choice();
      this.closed();
      return { kind: 'place' };
    }
    if (this.take('(?:')) return this.closed(this.choice());
    if (this.source.startsWith('(?', this.at)) throw new Error(`cannot read this group: ${this.source}`);
    if (this.take('(')) {
      this.groups += 1;
      const [group, from] = [this.groups, this.at];
      const of = this.choice();
      const source = this.source.slice(from, this.at);
      this.closed();
      return { kind: 'group', group, source, of };
    }
    const [set, members = ''] = /^\[((?:\\.|[^\]\\])*)\]/s.exec(this.source.slice(this.at)) ?? [];
    if (set !== undefined) {
      this.at += set.length;
      return { kind: 'some', sample: sampleOf(members) };
    }
    const char = this.source.charAt(this.at);
    this.at += 1;
    if (char === '\\') return this.escaped();
    if (char === '^' || char === '$') return { kind: 'place' };
    if (char === '.') return { kind: 'some', sample: 'a' };
    return { kind: 'text', text: char };
  }

  private escaped(): Node {
    const char = this.source.charAt(this.at);
    this.at += 1;
    if (/[bB]/.test(char)) return { kind: 'place' };
    if (/[1-9]/.test(char)) return { kind: 'back', group: Number(char) };
    const sample = CLASSES[char];
    if (sample !== undefined) return { kind: 'some', sample };
    return { kind: 'text', text: CONTROLS[char] ?? char };
  }

  private closed(node: Node = { kind: 'place' }): Node {
    if (!this.take(')')) throw new Error(`a parenthesis is not closed: ${this.source}`);
    return node;
  }
}

/** A character that a set holds; of a set of all others, one that is likely. */
function sampleOf(members: string): string {
  if (members.startsWith('^')) return 'a';
  const [, escape, plain] = /^(?:\\(.)|(.))/s.exec(members) ?? [];
  if (escape !== undefined) return CLASSES[escape] ?? CONTROLS[escape] ?? escape;
  return plain ?? '';
}
