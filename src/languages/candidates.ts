/** A name that more functions than this have says nothing about which of them is called. */
export const NAMESAKES = 3;

/**
 * The files that a call may mean where nothing but the name tells: its own, or else all, if they are few.
 *
 * @param from the file of the call
 * @param definers the files that define something of that name
 */
export function byName(from: string, definers: readonly string[], most = NAMESAKES): readonly string[] {
  if (definers.includes(from)) return [from];
  return definers.length <= most ? definers : [];
}
