/**
 * Fills the text of a comment into lines, its marks included.
 *
 * @param words the text, white space as it comes
 * @param width columns that a line may have
 * @param stars whether the lines after the first begin with a star
 */
export function comment(words: string, width: number, stars: boolean): string[] {
  const lines: string[] = [];
  let line = '/*';
  for (const word of `${words} */`.split(/\s+/)) {
    if (line.length + 1 + word.length > width) {
      lines.push(line);
      line = stars ? ' *' : '  ';
    }
    line += ` ${word}`;
  }
  // A line with the closing mark alone looks like an accident, unless stars lead down to it.
  if (stars && lines.length > 0 && line !== ' * */') line = `${line.slice(0, -' */'.length)}\n */`;
  if (line === ' * */') line = ' */';
  if (line === '   */') line = `${lines.pop() ?? ''} */`;
  return [...lines, ...line.split('\n')];
}
