import type { Node } from 'web-tree-sitter';
import { RETURNED } from '../body.ts';
import type { Body, Place } from '../body.ts';
import { BodyReader } from '../body-reader.ts';

/** A function of a C file. */
export interface CFunction {
  readonly file: string;
  readonly name: string;
  /** What is in the parentheses behind its name, and the declarations of an old definition. */
  readonly parameters: string;
  /** The node that holds the parsed statements of the body. */
  readonly root: Node;
  /** The text that was parsed. */
  readonly text: string;
  /** The offset in the file of one in that text. */
  readonly offset: (index: number) => number;
  readonly start: number;
  readonly end: number;
}

/** What a function of C does with values. */
export function cBody({ file, name, parameters, root, text, offset, start, end }: CFunction): Body {
  const reader = new Reader(text, offset);
  reader.statement(root);
  const list = /^[^(]*\(([^)]*)/.exec(parameters)?.[1] ?? '';
  const names = list
    .split(',')
    .flatMap((one) => /([A-Za-z_]\w*)\s*(?:\[[^\]]*\]\s*)*$/.exec(one.trim())?.[1] ?? []);
  return reader.made({
    file,
    name,
    start,
    end,
    parameters: names,
    own: new Set([...names, ...reader.declared]),
  });
}

/** What declares a variable in a declaration; the rest of it are types. */
const DECLARES = /declarator$|^identifier$/;

/** Operators whose value says nothing of what they are given. */
const COMPARES = /^(?:[<>=!]=|[<>]|&&|\|\|)$/;

/** Nodes that hold statements, or what is like one. */
const HOLDS = /_(?:statement|clause|list|specifier|definition)$|^(?:translation_unit|ERROR|preproc_.*)$/;
const holds = new Map<string, boolean>();

function holdsStatements(type: string): boolean {
  const known = holds.get(type);
  if (known !== undefined) return known;
  const found = HOLDS.test(type);
  holds.set(type, found);
  return found;
}

/**
 * Reads the statements of one function. Whatever a node is asked goes to the parser's memory, and a tree has thousands of
 * functions: its type is asked for once, and its text is read where it was parsed from.
 */
class Reader extends BodyReader {
  /** The variables that are declared in it: any other one is the file's. */
  readonly declared = new Set<Place>();
  private readonly text: string;

  constructor(text: string, offset: (index: number) => number) {
    super(offset);
    this.text = text;
  }

  statement(node: Node): void {
    const { type } = node;
    if (type === 'return_statement') {
      this.maker.move(this.children(node), [RETURNED], this.at(node));
    } else if (holdsStatements(type)) {
      for (const child of node.namedChildren) this.statement(child);
    } else this.valuesOf(node, type);
  }

  protected values(node: Node): readonly Place[] {
    return this.valuesOf(node, node.type);
  }

  /**
   * The parts of a node by their fields. Where it has as many named nodes as fields these are its parts, which is cheaper
   * to see: what the parser could not read is one more.
   */
  private parts(node: Node, fields: readonly string[]): readonly (Node | null)[] {
    const all = node.namedChildren;
    return all.length === fields.length ? all : fields.map((field) => node.childForFieldName(field));
  }

  /** The places that the value of a part comes from; none where it is not there. */
  private given(part: Node | null): readonly Place[] {
    return part === null ? [] : this.values(part);
  }

  private textOf(node: Node): string {
    return this.text.slice(node.startIndex, node.endIndex);
  }

  /** The name of the field that an expression takes of an object. */
  private fieldOf(node: Node): string {
    const [, field] = this.parts(node, ['argument', 'field']);
    return field ? this.textOf(field) : '';
  }

  /** What is written to by an assignment. */
  private targets(node: Node | null): readonly Place[] {
    if (node === null) return [];
    switch (node.type) {
      case 'identifier':
        return [this.textOf(node)];
      case 'field_expression':
        return [`.${this.fieldOf(node)}`];
      case 'subscript_expression':
      case 'pointer_expression':
        return this.targets(argumentOf(node));
      case 'pointer_declarator':
      case 'array_declarator':
        return this.targets(node.childForFieldName('declarator'));
      default:
        return node.namedChildren.flatMap((one) => this.targets(one));
    }
  }

  private valuesOf(node: Node, type: string): readonly Place[] {
    switch (type) {
      case 'identifier':
        return [this.textOf(node)];
      case 'comment':
      case 'number_literal':
      case 'string_literal':
      case 'char_literal':
      case 'type_descriptor':
      case 'sizeof_expression':
      case 'primitive_type':
      case 'type_identifier':
      case 'sized_type_specifier':
      case 'struct_specifier':
      case 'storage_class_specifier':
      case 'type_qualifier':
      case 'statement_identifier':
      case 'null':
      case 'true':
      case 'false':
        return [];
      case 'field_expression': {
        const part = `.${this.fieldOf(node)}`;
        const object = this.objectOf(node);
        if (object !== undefined) this.maker.part([object], part, this.at(node));
        return [part];
      }
      case 'assignment_expression': {
        const [left = null, right = null] = this.parts(node, ['left', 'right']);
        const to = this.targets(left);
        const from = this.given(right);
        this.maker.move(from, to, this.at(node));
        const object = this.objectOf(left);
        if (object !== undefined) this.maker.part(from, object, this.at(node));
        return to;
      }
      case 'declaration':
        if (!this.text.startsWith('extern', node.startIndex))
          for (const one of node.namedChildren.filter(({ type }) => DECLARES.test(type)))
            for (const name of this.targets(one.childForFieldName('declarator') ?? one))
              this.declared.add(name);
        return this.children(node);
      case 'init_declarator': {
        const [declarator = null, value = null] = this.parts(node, ['declarator', 'value']);
        this.maker.move(this.given(value), this.targets(declarator), this.at(node));
        return [];
      }
      case 'subscript_expression': {
        const [argument = null, index = null] = this.parts(node, ['argument', 'index']);
        this.given(index);
        return this.given(argument);
      }
      case 'conditional_expression':
        this.of(node, 'condition');
        return [...this.of(node, 'consequence'), ...this.of(node, 'alternative')];
      case 'comma_expression':
        this.of(node, 'left');
        return this.of(node, 'right');
      case 'binary_expression': {
        const from = this.children(node);
        return from.length > 0 && COMPARES.test(this.operatorOf(node)) ? [] : from;
      }
      case 'call_expression':
        return this.call(node);
      default:
        return this.children(node);
    }
  }

  private call(node: Node): readonly Place[] {
    const [callee = null, list = null] = this.parts(node, ['function', 'arguments']);
    const given: { from: readonly Place[] }[] = [];
    for (const one of list?.namedChildren ?? []) {
      const { type } = one;
      if (type !== 'comment') given.push({ from: this.valuesOf(one, type) });
    }
    return this.called(node, { path: callee === null ? '' : this.pathOf(callee), receiver: [], given });
  }

  /** What is called, where that is a name or a field. */
  private pathOf(callee: Node): string {
    const { type } = callee;
    if (type === 'identifier') return this.textOf(callee);
    return type === 'field_expression' ? this.fieldOf(callee) : '';
  }

  private operatorOf(node: Node): string {
    const [left, right, other] = node.namedChildren;
    const written = left && right && !other ? this.text.slice(left.endIndex, right.startIndex).trim() : '';
    return /^[^\s\w\\]+$/.test(written) ? written : (node.childForFieldName('operator')?.type ?? '');
  }

  /** The variable that something is a part of; undefined where it is none. */
  private objectOf(target: Node | null): Place | undefined {
    let part = false;
    for (let node = target; node !== null;) {
      const { type } = node;
      if (type === 'identifier') return part ? this.textOf(node) : undefined;
      if (type === 'field_expression') part = true;
      else if (!/^(?:subscript|pointer|parenthesized)_expression$/.test(type)) return undefined;
      node = argumentOf(node) ?? node.namedChildren[0] ?? null;
    }
    return undefined;
  }
}

/** What an expression takes a part of, or points to. */
function argumentOf(node: Node): Node | null {
  return node.childForFieldName('argument');
}
