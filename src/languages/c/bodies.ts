import type { Node } from 'web-tree-sitter';
import { RETURNED } from '../body.ts';
import type { Body, Place } from '../body.ts';
import { BodyReader, textOf } from '../body-reader.ts';

/** A function of a C file. */
export interface CFunction {
  readonly file: string;
  readonly name: string;
  /** What is in the parentheses behind its name, and the declarations of an old definition. */
  readonly parameters: string;
  /** The node that holds the parsed statements of the body. */
  readonly root: Node;
  /** What is added to an offset of the node to have one of the file. */
  readonly shift: number;
  readonly start: number;
  readonly end: number;
}

/** What a function of C does with values. */
export function cBody({ file, name, parameters, root, shift, start, end }: CFunction): Body {
  const reader = new Reader(shift);
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

/** Reads the statements of one function. */
class Reader extends BodyReader {
  /** The variables that are declared in it: any other one is the file's. */
  readonly declared = new Set<Place>();

  statement(node: Node): void {
    if (node.type === 'return_statement') {
      this.maker.move(this.children(node), [RETURNED], this.at(node));
    } else if (
      /_(?:statement|clause|list|specifier|definition)$|^(?:translation_unit|ERROR|preproc_.*)$/.test(
        node.type,
      )
    ) {
      for (const child of node.namedChildren) this.statement(child);
    } else this.values(node);
  }

  /** What is written to by an assignment. */
  private targets(node: Node | null): readonly Place[] {
    if (node === null) return [];
    switch (node.type) {
      case 'identifier':
        return [node.text];
      case 'field_expression':
        return [`.${textOf(node, 'field')}`];
      case 'subscript_expression':
      case 'pointer_expression':
        return this.targets(node.childForFieldName('argument'));
      case 'pointer_declarator':
      case 'array_declarator':
        return this.targets(node.childForFieldName('declarator'));
      default:
        return node.namedChildren.flatMap((one) => this.targets(one));
    }
  }

  protected values(node: Node): readonly Place[] {
    switch (node.type) {
      case 'identifier':
        return [node.text];
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
        const part = `.${textOf(node, 'field')}`;
        const object = objectOf(node);
        if (object !== undefined) this.maker.part([object], part, this.at(node));
        return [part];
      }
      case 'assignment_expression': {
        const to = this.targets(node.childForFieldName('left'));
        const from = this.of(node, 'right');
        this.maker.move(from, to, this.at(node));
        const object = objectOf(node.childForFieldName('left'));
        if (object !== undefined) this.maker.part(from, object, this.at(node));
        return to;
      }
      case 'declaration':
        if (!node.text.startsWith('extern'))
          for (const one of node.namedChildren.filter(({ type }) => DECLARES.test(type)))
            for (const name of this.targets(one.childForFieldName('declarator') ?? one))
              this.declared.add(name);
        return this.children(node);
      case 'init_declarator':
        this.maker.move(
          this.of(node, 'value'),
          this.targets(node.childForFieldName('declarator')),
          this.at(node),
        );
        return [];
      case 'subscript_expression':
        this.of(node, 'index');
        return this.of(node, 'argument');
      case 'conditional_expression':
        this.of(node, 'condition');
        return [...this.of(node, 'consequence'), ...this.of(node, 'alternative')];
      case 'comma_expression':
        this.of(node, 'left');
        return this.of(node, 'right');
      case 'binary_expression': {
        const from = this.children(node);
        const operator = node.childForFieldName('operator')?.type ?? '';
        return /^(?:[<>=!]=|[<>]|&&|\|\|)$/.test(operator) ? [] : from;
      }
      case 'call_expression':
        return this.call(node);
      default:
        return this.children(node);
    }
  }

  private call(node: Node): readonly Place[] {
    const callee = node.childForFieldName('function');
    const path =
      callee?.type === 'identifier'
        ? callee.text
        : callee?.type === 'field_expression'
          ? textOf(callee, 'field')
          : '';
    const list = node.childForFieldName('arguments')?.namedChildren ?? [];
    return this.called(node, {
      path,
      receiver: [],
      given: list.flatMap((one) => (one.type === 'comment' ? [] : [{ from: this.values(one) }])),
    });
  }
}

/** The variable that something is a part of; undefined where it is none. */
function objectOf(target: Node | null): Place | undefined {
  let part = false;
  for (let node = target; node !== null;) {
    if (node.type === 'identifier') return part ? node.text : undefined;
    if (node.type === 'field_expression') part = true;
    else if (!/^(?:subscript|pointer|parenthesized)_expression$/.test(node.type)) return undefined;
    node = node.childForFieldName('argument') ?? node.namedChildren[0] ?? null;
  }
  return undefined;
}
