import type { Node } from 'web-tree-sitter';
import { RETURNED } from '../body.ts';
import type { Body, Place } from '../body.ts';
import { BodyReader, textOf } from '../body-reader.ts';

/** What is told about a file or a stream, and holds nothing of what is in it. */
const METADATA: ReadonlySet<string> = new Set(['name', 'mode', 'closed', 'encoding', 'newlines', 'errors']);

/**
 * The functions of a parsed stretch of Python, each with those that are nested in it, and what is outside of them.
 *
 * @param root of the stretch
 * @param file its name
 * @param shift what is added to an offset of the stretch to have one of the file
 * @param within the class whose head is in another stretch
 */
export function pythonBodies(root: Node, file: string, shift: number, within?: string): readonly Body[] {
  const bodies: Body[] = [];
  const outside = new Reader((index) => index + shift);
  const look = (node: Node, holder: string | undefined): void => {
    for (const child of node.namedChildren) {
      if (child.type === 'function_definition') {
        bodies.push(functionBody(child, file, shift, holder));
      } else if (child.type === 'class_definition') {
        look(child.childForFieldName('body') ?? child, child.childForFieldName('name')?.text ?? holder);
      } else if (child.type === 'decorated_definition' || holdsDefinitions(child)) {
        look(child, holder);
      } else if (child.type !== 'comment') outside.statement(child);
    }
  };
  look(root, within);
  const span = { start: root.startIndex + shift, end: root.endIndex + shift };
  return [...bodies, outside.made({ file, name: '-', ...span, parameters: [] })];
}

/** Whether a statement outside of functions has some within it: `if`, `try`. */
function holdsDefinitions(node: Node): boolean {
  return (
    /^(?:if_statement|try_statement|block|else_clause|elif_clause|except_clause|finally_clause)$/.test(
      node.type,
    ) && /\b(?:def|class)\b/.test(node.text)
  );
}

function functionBody(node: Node, file: string, shift: number, within: string | undefined): Body {
  const reader = new Reader((index) => index + shift);
  const parameters = (node.childForFieldName('parameters')?.namedChildren ?? []).flatMap((one) => {
    const name = parameterOf(one);
    return name === undefined ? [] : [name];
  });
  const body = node.childForFieldName('body');
  if (body) reader.statement(body);
  return reader.made({
    file,
    name: node.childForFieldName('name')?.text ?? '-',
    ...(within !== undefined && { within }),
    start: node.startIndex + shift,
    end: node.endIndex + shift,
    parameters,
  });
}

/** The name that a parameter has in the body, after its stars. */
function parameterOf(node: Node): string | undefined {
  if (node.type === 'identifier') return node.text;
  if (node.type === 'comment') return undefined;
  const named = node.childForFieldName('name');
  if (named) return named.text;
  const [first] = node.namedChildren;
  return first ? parameterOf(first) : undefined;
}

/** Reads the statements of one body. */
class Reader extends BodyReader {
  statement(node: Node): void {
    switch (node.type) {
      case 'assignment':
      case 'augmented_assignment':
        this.assign(node.childForFieldName('left'), node.childForFieldName('right'));
        return;
      case 'named_expression':
        this.assign(node.childForFieldName('name'), node.childForFieldName('value'));
        return;
      case 'return_statement':
      case 'expression_statement':
        for (const child of node.namedChildren) {
          if (child.type.endsWith('assignment')) this.statement(child);
          else {
            const from = this.values(child);
            if (node.type === 'return_statement') this.maker.move(from, [RETURNED], this.at(node));
          }
        }
        return;
      case 'for_statement':
        this.assign(node.childForFieldName('left'), node.childForFieldName('right'));
        for (const field of ['body', 'alternative']) this.statementsOf(node, field);
        return;
      case 'with_item':
        this.of(node, 'value');
        return;
      case 'function_definition':
      case 'lambda':
        this.statementsOf(node, 'body');
        return;
      case 'comment':
      case 'pass_statement':
      case 'global_statement':
        return;
      default:
        if (
          /_(?:statement|clause|definition|pattern)$|^block$|^with_item$|^as_pattern_target$/.test(node.type)
        ) {
          for (const child of node.namedChildren) this.statement(child);
        } else this.values(node);
    }
  }

  private assign(left: Node | null, right: Node | null): void {
    if (left === null || right === null) return;
    if (right.type === 'assignment') {
      this.statement(right);
      this.maker.move(this.targets(right.childForFieldName('left')), this.targets(left), this.at(left));
      return;
    }
    this.maker.move(this.values(right), this.targets(left), this.at(left));
  }

  /** What is written to by an assignment. */
  private targets(node: Node | null): readonly Place[] {
    if (node === null) return [];
    switch (node.type) {
      case 'identifier':
        return [node.text];
      case 'attribute':
        return [`.${textOf(node, 'attribute')}`];
      case 'subscript': {
        // What is put in a list or a dictionary is in all of it.
        const value = node.childForFieldName('value');
        return this.targets(value);
      }
      default:
        return node.namedChildren.flatMap((one) => this.targets(one));
    }
  }

  protected values(node: Node): readonly Place[] {
    switch (node.type) {
      case 'identifier':
        return [node.text];
      case 'integer':
      case 'float':
      case 'true':
      case 'false':
      case 'none':
      case 'comment':
      case 'ellipsis':
        return [];
      case 'attribute': {
        const name = textOf(node, 'attribute');
        const from = this.of(node, 'object');
        return METADATA.has(name) ? [] : [`.${name}`, ...from.filter((one) => !isSelf(one))];
      }
      case 'call':
        return this.call(node);
      case 'await':
      case 'yield': {
        const from = this.children(node);
        if (node.type === 'yield') this.maker.move(from, [RETURNED], this.at(node));
        return from;
      }
      case 'subscript': {
        for (const index of node.childrenForFieldName('subscript')) this.values(index);
        return this.of(node, 'value');
      }
      case 'comparison_operator':
      case 'not_operator':
        this.children(node);
        return [];
      case 'named_expression': {
        this.assign(node.childForFieldName('name'), node.childForFieldName('value'));
        return this.targets(node.childForFieldName('name'));
      }
      case 'as_pattern': {
        const [value] = node.namedChildren;
        const from = value ? this.values(value) : [];
        this.maker.move(from, this.targets(node.childForFieldName('alias')), this.at(node));
        return from;
      }
      case 'conditional_expression': {
        const [yes, condition, no] = node.namedChildren;
        if (condition) this.values(condition);
        return [yes, no].flatMap((one) => (one ? this.values(one) : []));
      }
      case 'keyword_argument':
        return this.of(node, 'value');
      case 'for_in_clause':
        this.assign(node.childForFieldName('left'), node.childForFieldName('right'));
        return [];
      case 'list_comprehension':
      case 'set_comprehension':
      case 'dictionary_comprehension':
      case 'generator_expression': {
        const body = node.childForFieldName('body');
        for (const child of node.namedChildren) if (child.id !== body?.id) this.values(child);
        return body ? this.values(body) : [];
      }
      case 'if_clause':
        this.children(node);
        return [];
      case 'lambda':
        return this.of(node, 'body');
      case 'string':
        return node.namedChildren.flatMap((one) => (one.type === 'interpolation' ? this.values(one) : []));
      default:
        return this.children(node);
    }
  }

  private call(node: Node): readonly Place[] {
    const callee = node.childForFieldName('function');
    const given = node.childForFieldName('arguments');
    const object = callee?.type === 'attribute' ? callee.childForFieldName('object') : null;
    const path = callee && /^(?:identifier|attribute)$/.test(callee.type) ? pathOf(callee) : '';
    const receiver = object ? this.values(object) : path === '' && callee ? this.values(callee) : [];
    const list = given?.type === 'argument_list' ? given.namedChildren : [given];
    return this.called(node, {
      path,
      receiver: receiver.filter((one) => !isSelf(one)),
      given: list.flatMap((one) => {
        if (one === null || one.type === 'comment') return [];
        const name = one.type === 'keyword_argument' ? one.childForFieldName('name')?.text : undefined;
        return [{ ...(name !== undefined && { name }), from: this.values(one) }];
      }),
    });
  }
}

function isSelf(place: Place): boolean {
  return place === 'self' || place === 'cls';
}

/** A dotted name as it is written; what is no name in it is left out. */
function pathOf(node: Node): string {
  if (node.type === 'identifier') return node.text;
  if (node.type !== 'attribute') return '';
  const object = node.childForFieldName('object');
  return `${object ? pathOf(object) : ''}.${textOf(node, 'attribute')}`;
}
