/** A text with the line ends of a file: those of its first line. */
export function endingAs(whole: string, text: string): string {
  return text.replace(/\r?\n/g, /\r?\n/.exec(whole)?.[0] ?? '\n');
}
