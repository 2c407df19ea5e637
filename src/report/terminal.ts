import { styleText } from 'node:util';
import { visible } from '../target/visible.ts';

/** A stream that text is written to. */
export interface Out {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/**
 * Colours for a stream: none where it is no terminal, or where NO_COLOR is set to anything but the empty
 * string (no-color.org).
 */
export function painter(out: Out): (style: Style, text: string) => string {
  const plain = out.isTTY !== true || (process.env['NO_COLOR'] ?? '') !== '';
  // The stream was looked at above; validateStream would look at standard output again.
  return (style, text) => (plain ? text : styleText(style, text, { validateStream: false }));
}

/** Rows as columns, two blanks apart, a line each; the last column is not padded. */
export function columns(table: readonly (readonly string[])[]): string {
  const rows = table.map((row) => row.map((cell) => visible(cell)));
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  }
  return rows
    .map(
      (row) =>
        row
          .map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0)))
          .join('  ')
          .trimEnd() + '\n',
    )
    .join('');
}
