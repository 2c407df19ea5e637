/** Columns of a level in the templates. */
const LEVEL = 4;

/** The head of a statement whose body has no braces, on a line by itself. */
const HEAD = /^(?:else )?(?:if|for|while) \(.*\)$|^else$/;

/**
 * Puts braces around each body that has none, as PEP 7 wants them.
 *
 * @param lines C in the form of the templates, with what belongs to one statement's head on one line
 */
export function* withBraces(lines: Iterable<string>): Generator<string> {
  /** Columns of the heads whose body is not over yet. */
  const open: number[] = [];
  for (const line of lines) {
    const column = line.search(/\S/);
    const text = line.trim();
    if (HEAD.test(text)) {
      yield `${line} {`;
      open.push(column);
      continue;
    }
    yield line;
    const inside = open.at(-1);
    if (inside === undefined || column !== inside + LEVEL || !/[;}]$/.test(text)) continue;
    for (let level = column - LEVEL; open.at(-1) === level; level -= LEVEL) {
      open.pop();
      yield `${' '.repeat(level)}}`;
    }
  }
}
