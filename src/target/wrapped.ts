/**
 * Prose in lines, broken at its blanks.
 *
 * @param width columns that a line has at most, its margin among them
 * @param margin what each line begins with
 */
export function wrapped(text: string, width: number, margin = ''): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(margin + word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
