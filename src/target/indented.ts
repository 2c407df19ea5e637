/**
 * Lines behind an indentation, of blanks or with a tab for each eight of them. Directives stay in the first column.
 *
 * @param tabs whether the file has tabs
 * @param column of all lines
 * @param from `text`: the first line is indented already; `line`: it is not
 */
export function indented(
  tabs: boolean,
  column: number,
  lines: readonly string[],
  from: 'text' | 'line' = 'text',
): string {
  const put = lines.map((line) => {
    if (line === '' || line.startsWith('#')) return line;
    const whole = ' '.repeat(column) + line;
    return tabs ? whole.replace(/^(?: {8})+/, (blanks) => '\t'.repeat(blanks.length / 8)) : whole;
  });
  const text = put.join('\n');
  return from === 'line' ? text : text.trimStart();
}
