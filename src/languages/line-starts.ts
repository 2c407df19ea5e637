/**
 * What an expression finds with nothing but blanks before it on its line, like a directive. One that begins with
 * what it looks for is a multiple faster than one that tries each line.
 *
 * @param pattern global
 */
export function* atLineStarts(text: string, pattern: RegExp): Generator<RegExpExecArray> {
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    const before = text.slice(text.lastIndexOf('\n', found.index) + 1, found.index);
    if (/^(?:\xef\xbb\xbf)?[ \t\f\v]*$/.test(before)) yield found;
    else pattern.lastIndex = found.index + 1;
  }
}
