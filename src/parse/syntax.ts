import type { Node, Parser, Tree as SyntaxTree } from 'web-tree-sitter';

/**
 * A parsed stretch of a file. Offsets are those of the file: latin1 text is handed to tree-sitter one code
 * unit a byte, so an index is a byte offset, and `shift` tells where in the file the stretch begins.
 */
export class Syntax {
  private readonly tree: SyntaxTree;
  private readonly shift: number;

  /**
   * @param parser for the stretch's language
   * @param text what is parsed
   * @param shift offset in the file of the text's first byte; negative parts are a header of our own
   */
  constructor(parser: Parser, text: string, shift: number) {
    this.shift = shift;
    const tree = parser.parse(text);
    if (tree === null) throw new Error('tree-sitter gave no tree: the parser has no language');
    this.tree = tree;
  }

  /** The smallest named node that covers the bytes from `start` to `end` of the file. */
  at(start: number, end: number): Node {
    const node = this.tree.rootNode.namedDescendantForIndex(start - this.shift, end - this.shift - 1);
    return node ?? this.tree.rootNode;
  }

  /** The node of the whole stretch. */
  get root(): Node {
    return this.tree.rootNode;
  }

  /** Whether anything of the stretch could not be read. */
  get broken(): boolean {
    return this.tree.rootNode.hasError;
  }

  /** Where a node begins, as an offset in the file. */
  start(node: Node): number {
    return node.startIndex + this.shift;
  }

  /** Where a node ends, as an offset in the file, exclusive. */
  end(node: Node): number {
    return node.endIndex + this.shift;
  }

  /** Frees the memory of the wasm heap; the object is not used afterwards. */
  free(): void {
    this.tree.delete();
  }
}

/** The nearest node, the given one included, that `wanted` accepts. */
export function ancestor(node: Node, wanted: (node: Node) => boolean): Node | undefined {
  for (let at: Node | null = node; at !== null; at = at.parent) if (wanted(at)) return at;
  return undefined;
}
