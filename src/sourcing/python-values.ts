import type { Node } from 'web-tree-sitter';

/** A path as far as it is written: a constant, perhaps below the folder of the file itself. */
export interface PathValue {
  readonly itself: boolean;
  readonly text: string;
}

/** So many names that are made of each other are looked at. */
const MOST_DEEP = 8;

const ESCAPES: Readonly<Record<string, string>> = { '\\\\': '\\', "\\'": "'", '\\"': '"' };

/** Tells what expressions of one file are, where that is written there. */
export class PythonValues {
  private bound: ReadonlyMap<string, readonly Node[]> | undefined;
  private readonly root: Node;
  private readonly global: (name: string) => readonly Node[];

  /**
   * @param root of the part of the file that is looked at
   * @param global gives the values of what the file binds at its top, wherever that is
   */
  constructor(root: Node, global: (name: string) => readonly Node[]) {
    this.root = root;
    this.global = global;
  }

  /** The path that an expression is. */
  pathOf(node: Node | null | undefined, depth = 0): PathValue | undefined {
    if (node === null || node === undefined || depth > MOST_DEEP) return undefined;
    const one = (at: Node | null | undefined): PathValue | undefined => this.pathOf(at, depth + 1);
    switch (node.type) {
      case 'string':
        return stringOf(node);
      case 'concatenated_string':
        return joined(node.namedChildren.map(one), '');
      case 'parenthesized_expression':
        return one(node.namedChildren[0]);
      case 'binary_operator': {
        const sides = [one(node.childForFieldName('left')), one(node.childForFieldName('right'))];
        const operator = node.childForFieldName('operator')?.text;
        return operator === '+' ? joined(sides, '') : operator === '/' ? joined(sides, '/') : undefined;
      }
      case 'identifier':
        return this.only(node.text, one);
      case 'attribute': {
        // `Path(__file__).parent`
        const object = one(node.childForFieldName('object'));
        return node.childForFieldName('attribute')?.text === 'parent' ? parent(object) : undefined;
      }
      case 'call':
        return this.callOf(node, one);
      default:
        return undefined;
    }
  }

  private callOf(
    node: Node,
    one: (at: Node | null | undefined) => PathValue | undefined,
  ): PathValue | undefined {
    const args = argumentsOf(node);
    switch (calleeOf(node)) {
      case 'os.path.join':
      case 'path.join':
      case 'join':
        return joined(args.map(one), '/');
      case 'os.path.dirname':
      case 'path.dirname':
      case 'dirname':
        return parent(one(args[0]));
      case 'os.path.abspath':
      case 'os.path.realpath':
      case 'abspath':
      case 'realpath':
      case 'str':
      case 'os.fspath':
      case 'Path':
      case 'pathlib.Path':
        return args.length === 1 ? one(args[0]) : undefined;
      default:
        return undefined;
    }
  }

  /** What a name is bound to, if that happens once. */
  private only(name: string, one: (at: Node | undefined) => PathValue | undefined): PathValue | undefined {
    if (name === '__file__') return { itself: true, text: '/__file__' };
    const [value, other] = this.bindings(name);
    return other === undefined ? one(value) : undefined;
  }

  /** All that is bound to a name: by an assignment, or by `with … as`. */
  bindings(name: string): readonly Node[] {
    this.bound ??= bindingsIn(this.root);
    return this.bound.get(name) ?? this.global(name);
  }
}

/** The name of what is called, with its dots; empty for what has none. */
export function calleeOf(call: Node): string {
  const text = call.childForFieldName('function')?.text ?? '';
  return /^[\w.]+$/.test(text) ? text : '';
}

/** The arguments of a call that have no name. */
export function argumentsOf(call: Node): readonly Node[] {
  const list = call.childForFieldName('arguments');
  return (list?.namedChildren ?? []).filter(
    (one) => one.type !== 'keyword_argument' && one.type !== 'comment',
  );
}

function bindingsIn(root: Node): ReadonlyMap<string, readonly Node[]> {
  const found = new Map<string, Node[]>();
  const bind = (target: Node | null | undefined, value: Node | null | undefined): void => {
    if (target?.type !== 'identifier' || value === null || value === undefined) return;
    found.set(target.text, [...(found.get(target.text) ?? []), value]);
  };
  for (const node of root.descendantsOfType('assignment'))
    bind(node.childForFieldName('left'), node.childForFieldName('right'));
  for (const node of root.descendantsOfType('as_pattern'))
    bind(node.childForFieldName('alias')?.namedChildren[0], node.namedChildren[0]);
  return found;
}

function stringOf(node: Node): PathValue | undefined {
  const start = node.namedChildren[0]?.text ?? '';
  const raw = /r/i.test(start);
  const parts = node.namedChildren.slice(1, -1).map((child) => {
    if (child.type !== 'string_content') return undefined;
    if (raw) return child.text;
    const text = child.text.replace(/\\[\\'"]/g, (escape) => ESCAPES[escape] ?? escape);
    return /(?<!\\)(?:\\\\)*\\[^\\'"]/.test(child.text) ? undefined : text;
  });
  return parts.includes(undefined) ? undefined : { itself: false, text: parts.join('') };
}

function joined(parts: readonly (PathValue | undefined)[], by: string): PathValue | undefined {
  let all: PathValue | undefined;
  for (const part of parts) {
    if (part === undefined) return undefined;
    if (all === undefined || (by === '/' && part.text.startsWith('/'))) all = part;
    else if (part.itself) return undefined;
    else all = { itself: all.itself, text: `${all.text}${by}${part.text}` };
  }
  return all;
}

function parent(path: PathValue | undefined): PathValue | undefined {
  if (path === undefined) return undefined;
  // Above the folder of the file itself.
  if (path.itself && /^(?:\/\.\.)*$/.test(path.text)) return { ...path, text: `${path.text}/..` };
  const slash = path.text.lastIndexOf('/');
  return { ...path, text: path.text.slice(0, Math.max(slash, 0)) };
}
