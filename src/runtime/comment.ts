const END = ' */';

/**
 * Fills the text of a comment into lines, its marks included.
 *
 * @param text the words, white space as it comes
 * @param width columns that a line may have
 * @param stars whether the lines after the first begin with a star
 */
export function comment(text: string, width: number, stars: boolean): string[] {
  const lines: string[] = [];
  let line = '/*';
  // The closing mark goes with the last word: alone on a line it looks like an accident.
  for (const word of `${text}${END}`.split(/\s+(?!\*\/)/)) {
    if (line.length + 1 + word.length > width) {
      lines.push(line);
      line = stars ? ' *' : '  ';
    }
    line += ` ${word}`;
  }
  if (!stars || lines.length === 0) return [...lines, line];
  return [...lines, line.slice(0, -END.length), END];
}
