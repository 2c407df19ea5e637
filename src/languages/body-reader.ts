import type { Node } from 'web-tree-sitter';
import { BodyMaker } from './body.ts';
import type { Body, Call, Place } from './body.ts';

/** Reads the statements of one body from a syntax tree; what the nodes mean, each language says. */
export abstract class BodyReader {
  private readonly offset: (index: number) => number;
  protected readonly maker = new BodyMaker();

  /** @param offset gives the offset in the file of one in the text that was parsed */
  constructor(offset: (index: number) => number) {
    this.offset = offset;
  }

  /** Goes through a statement, or whatever else holds some. */
  abstract statement(node: Node): void;

  /** The places that what an expression gives comes from; the calls in it are added. */
  protected abstract values(node: Node): readonly Place[];

  /** The body of all that was read. */
  made(about: Parameters<BodyMaker['made']>[0]): Body {
    return this.maker.made(about);
  }

  protected at(node: Node): number {
    return this.offset(node.startIndex);
  }

  protected children(node: Node): readonly Place[] {
    return node.namedChildren.flatMap((one) => this.values(one));
  }

  /** What the part of a node gives, where it has that part. */
  protected of(node: Node, field: string): readonly Place[] {
    const found = node.childForFieldName(field);
    return found ? this.values(found) : [];
  }

  /** Goes through the statements of a part of a node, where it has that part. */
  protected statementsOf(node: Node, field: string): void {
    const found = node.childForFieldName(field);
    if (found) this.statement(found);
  }

  /** Adds a call, and gives the place of what it gives. */
  protected called(node: Node, { path, receiver, given }: Omit<Call, 'at' | 'result'>): readonly Place[] {
    const result = `<${this.offset(node.endIndex)}>`;
    this.maker.call({ at: this.at(node), path, receiver, given, result });
    return [result];
  }
}

/** The text of the part of a node; empty where it has none. */
export function textOf(node: Node, field: string): string {
  return node.childForFieldName(field)?.text ?? '';
}
