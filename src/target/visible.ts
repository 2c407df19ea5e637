/** The characters that a terminal obeys in place of showing them: C0, DEL and C1 (ECMA-48). */
const CONTROL = /\p{Cc}/gu;

/**
 * A text as a person may see it: names of files, and their contents, may hold any byte, and control characters among
 * them would move the cursor or end a line that is not theirs.
 *
 * @param kept control characters that are meant
 */
export function visible(text: string, kept = ''): string {
  return text.replace(CONTROL, (char) =>
    kept.includes(char) ? char : `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

/** The same of bytes that are held as latin1: those above 0x7f are parts of UTF-8 characters, and no control characters. */
export function visibleBytes(text: string): string {
  return text.replace(/[^ -~\x80-\xff]/g, (char) => visible(char));
}
