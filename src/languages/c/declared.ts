// Words before a name that are no type.
const NO_TYPE = '(?!(?:return|else|case|goto|do|sizeof|typeof|__typeof__|throw)\\b)';

/**
 * Whether a variable of that name is declared at an offset: before it, in a block that is still open.
 *
 * No parser is asked, since a variable may well have an opener's name and then has it often. What is not
 * certainly a declaration counts as none.
 *
 * @param code the file with comments, strings and directives blanked
 * @param from where the function's body begins
 * @param offset of the name's first byte
 */
export function declaredBefore(code: string, from: number, offset: number, word: string): boolean {
  const body = code.slice(from, offset + word.length + 80);
  const declaration = new RegExp(
    `(?:^|[{;])[ \\t]*(?:(?:static|register|const|volatile|unsigned|struct)\\s+)*${NO_TYPE}[A-Za-z_]\\w*[\\s*]+(?:(?!=)[\\w\\s*\\[\\],=]*,\\s*\\*?)?(?<name>${word})\\s*[;,=\\[]`,
    'dgm',
  );
  for (const found of body.matchAll(declaration)) {
    const [start] = found.indices?.groups?.['name'] ?? [body.length];
    if (start <= offset - from && stillOpen(body.slice(start, offset - from))) return true;
  }
  return false;
}

function stillOpen(code: string): boolean {
  let depth = 0;
  for (const [brace] of code.matchAll(/[{}]/g)) {
    depth += brace === '{' ? 1 : -1;
    if (depth < 0) return false;
  }
  return true;
}
