/** A place where a line may be broken: the rest begins at `at`. */
interface Break {
  readonly at: number;
  /** Columns of the brackets that are open there, the innermost last: the rest is aligned to it. */
  readonly open: readonly number[];
}

const TOKEN = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)+'|[()]|, |(?<= )(?:&&|\|\|) /g;

/**
 * Breaks a statement that is too wide inside its brackets, before an operator or after a comma, as far out as
 * possible; the rest is aligned below the bracket.
 *
 * @param text one line, without indentation
 * @param column where it starts
 * @param width columns that a line may have
 * @param open columns of brackets that were left open before it
 */
export function wrap(text: string, column: number, width: number, open: readonly number[] = []): string[] {
  const whole = ' '.repeat(column) + text;
  if (whole.length <= width) return [whole];
  const fitting = breaks(text, column, open).filter(
    ({ at }) => whole.slice(0, column + at).trimEnd().length <= width,
  );
  const outermost = Math.min(...fitting.map((place) => place.open.length));
  const place = fitting.findLast((each) => each.open.length === outermost);
  if (place === undefined) return [whole];
  const first = whole.slice(0, column + place.at).trimEnd();
  return [first, ...wrap(text.slice(place.at), place.open.at(-1) ?? column, width, place.open)];
}

function breaks(text: string, column: number, before: readonly number[]): Break[] {
  const found: Break[] = [];
  const open = [...before];
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === '(') open.push(column + index + 1);
    else if (token === ')') open.pop();
    else if (open.length > 0 && index > 0 && !/^["']/.test(token)) {
      found.push({ at: token === ', ' ? index + token.length : index, open: [...open] });
    }
  }
  return found;
}
