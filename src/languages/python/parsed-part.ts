import type { Parser } from 'web-tree-sitter';
import { Syntax } from '../../parse/syntax.ts';
import type { Part } from './parts.ts';

/**
 * A part of a file, parsed with the head of the class that it is a part of.
 *
 * @param text the whole file
 */
export function parsedPart(parser: Parser, text: string, { start, end, within }: Part): Syntax {
  const head = within === undefined ? '' : `class ${within}:\n`;
  const body = text.slice(start, end);
  // The mark at its beginning that some editors write is no Python, as page breaks are.
  const read = start === 0 ? body.replace(/^\xef\xbb\xbf/, '\f\f\f') : body;
  return new Syntax(parser, head + read, start - head.length);
}
