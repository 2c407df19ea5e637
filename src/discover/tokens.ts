/** What a token is: a name, a text in quotes, a number or a character, an operator or a bracket. */
export type TokenKind = 'name' | 'text' | 'number' | 'sign';

/** A token of C with its place: byte offsets in the file, `end` exclusive. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Signs of more than one character that a reader of expressions has to tell from their parts, the longest first. */
const SIGNS = ['<<=', '>>=', '...', '->', '++', '--', '&&', '||', '==', '!=', '<=', '>=', '<<', '>>'];
const ASSIGNS = /^[-+*/%&|^]=$/;

/** What a byte may begin or go on: 1 a letter, 2 a digit, 4 white space. */
const CLASS = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  if (/[A-Za-z_]/.test(character)) return 1;
  if (/[0-9]/.test(character)) return 2;
  return /\s/.test(character) || character === '\\' ? 4 : 0;
});

/**
 * The tokens of a stretch of C.
 *
 * @param code the stretch, with comments and directives blanked, texts kept
 * @param shift byte offset in the file of its first byte
 */
export function tokensOf(code: string, shift: number): readonly Token[] {
  const tokens: Token[] = [];
  const end = code.length;
  const add = (kind: TokenKind, text: string, from: number, to: number): void => {
    tokens.push({ kind, text, start: from + shift, end: to + shift });
  };
  for (let at = 0; at < end;) {
    const byte = code.charCodeAt(at);
    const kind = CLASS[byte] ?? 0;
    if (kind === 4) {
      at += 1;
      continue;
    }
    let next = at + 1;
    if (kind !== 0) {
      while (next < end && ((CLASS[code.charCodeAt(next)] ?? 0) & 3) !== 0) next += 1;
      add(kind === 1 ? 'name' : 'number', code.slice(at, next), at, next);
    } else if (byte === 0x22 || byte === 0x27) {
      while (next < end && code.charCodeAt(next) !== byte && code.charCodeAt(next) !== 0x0a)
        next += code.charCodeAt(next) === 0x5c ? 2 : 1;
      next = Math.min(end, next + 1);
      add(byte === 0x22 ? 'text' : 'number', code.slice(at + 1, next - 1), at, next);
    } else {
      const three = code.slice(at, at + 3);
      const sign =
        SIGNS.find((one) => three.startsWith(one)) ??
        (ASSIGNS.test(three.slice(0, 2)) ? three.slice(0, 2) : three.slice(0, 1));
      next = at + sign.length;
      add('sign', sign, at, next);
    }
    at = next;
  }
  return tokens;
}
