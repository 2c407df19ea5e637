/**
 * Words as a command line of sh that has each of them as it is.
 *
 * @param words the program and its arguments; bytes as latin1 or text
 */
export function commandLine(words: readonly string[]): string {
  return words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
}
