import type { Node } from 'web-tree-sitter';

/** What a word of the shell may become. */
export interface Value {
  readonly text: string;
  /** Whether it holds `*`, `?` or `[` that are not quoted. */
  readonly pattern: boolean;
}

/** What a word may become, as far as it is written there. */
export interface Values {
  readonly known: readonly Value[];
  /** Whether it may become something else as well. */
  readonly open: boolean;
}

const UNKNOWN: Values = { known: [], open: true };

/** So many values of one word are looked at, and so many variables that are made of each other. */
const MOST_VALUES = 64;
const MOST_DEEP = 8;
/** A loop over more words than that goes over data. */
const MOST_WORDS = 10_000;

/** Tells what words of one file may become: constants, and variables that the same file gives constants to. */
export class ShellWords {
  private assigned: ReadonlyMap<string, readonly Node[]> | undefined;
  private readonly root: Node;

  constructor(root: Node) {
    this.root = root;
  }

  /** What nodes that follow each other without a space may become together. */
  together(nodes: readonly Node[]): Values {
    return joined(nodes.map((one) => this.valuesOf(one)));
  }

  /** What a word, a string or a concatenation of them may become. */
  valuesOf(node: Node, depth = 0): Values {
    switch (node.type) {
      case 'word':
        return wordOf(node.text);
      case 'number':
        return literal(node.text);
      case 'raw_string':
        return literal(node.text.slice(1, -1));
      case 'ansi_c_string':
        return node.text.includes('\\') ? UNKNOWN : literal(node.text.slice(2, -1));
      case 'string':
        return this.stringOf(node, depth);
      case 'concatenation':
        // `{a,b}` is more than one word.
        return node.children.some((child) => /^[{},]/.test(child.text))
          ? UNKNOWN
          : joined(node.children.map((child) => this.valuesOf(child, depth)));
      case 'simple_expansion':
        return this.variable(node, node.text.slice(1), depth);
      case 'expansion':
        return this.variable(node, node.text.slice(2, -1), depth);
      default:
        return UNKNOWN;
    }
  }

  private stringOf(node: Node, depth: number): Values {
    // White space between the parts is no node of the grammar.
    const parts: Values[] = [];
    let at = node.startIndex + 1;
    for (const child of node.children.slice(1, -1)) {
      if (child.startIndex > at)
        parts.push(literal(node.text.slice(at - node.startIndex, child.startIndex - node.startIndex)));
      parts.push(child.type === 'string_content' ? quotedText(child.text) : this.valuesOf(child, depth));
      at = child.endIndex;
    }
    if (node.endIndex - 1 > at) parts.push(literal(node.text.slice(at - node.startIndex, -1)));
    return joined(parts);
  }

  /** The words of the loop around it, or else all that the file assigns to the variable. */
  private variable(node: Node, name: string, depth: number): Values {
    if (!/^\w+$/.test(name) || /^\d/.test(name) || depth > MOST_DEEP) return UNKNOWN;
    for (let at = node.parent; at !== null; at = at.parent) {
      if (at.type !== 'for_statement' || at.childForFieldName('variable')?.text !== name) continue;
      const words = at.childrenForFieldName('value');
      if (words.length > MOST_WORDS) return UNKNOWN;
      return either(words.map((one) => this.valuesOf(one, depth + 1)));
    }
    this.assigned ??= assignments(this.root);
    const given = this.assigned.get(name) ?? [];
    return either(
      given.map((one) => {
        const value = one.childForFieldName('value');
        const adds = one.text.startsWith(`${name}+=`);
        return value === null || adds ? UNKNOWN : this.valuesOf(value, depth + 1);
      }),
    );
  }
}

function assignments(root: Node): ReadonlyMap<string, readonly Node[]> {
  const found = new Map<string, Node[]>();
  for (const node of root.descendantsOfType('variable_assignment')) {
    const name = node.childForFieldName('name')?.text;
    if (name === undefined) continue;
    found.set(name, [...(found.get(name) ?? []), node]);
  }
  return found;
}

function literal(text: string): Values {
  return { known: [{ text, pattern: false }], open: false };
}

/** A word without quotes: a backslash takes the meaning of what follows it. */
function wordOf(text: string): Values {
  // A word that is a part of a larger one may hold a brace.
  if (/(?<!\\)[{}]/.test(text)) return UNKNOWN;
  return {
    known: [
      {
        text: text.replace(/\\(?:\n|([^]))/g, (_all, char: string | undefined) => char ?? ''),
        pattern: /(?:^|[^\\])(?:\\\\)*[*?[]/.test(text),
      },
    ],
    open: false,
  };
}

function quotedText(text: string): Values {
  return literal(text.replace(/\\(?:\n|([$`"\\]))/g, (_all, char: string | undefined) => char ?? ''));
}

function joined(parts: readonly Values[]): Values {
  let known: readonly Value[] = [{ text: '', pattern: false }];
  for (const part of parts) {
    known = known.flatMap((head) =>
      part.known.map((tail) => ({ text: head.text + tail.text, pattern: head.pattern || tail.pattern })),
    );
    if (known.length > MOST_VALUES) return UNKNOWN;
  }
  return { known, open: parts.some(({ open }) => open) };
}

function either(all: readonly Values[]): Values {
  const known = all.flatMap((one) => one.known);
  return { known, open: all.length === 0 || all.some(({ open }) => open) };
}
