import type { Region } from '../regions.ts';
import { regionAt } from '../regions.ts';

/**
 * Where the parenthesis that opens at an offset is closed.
 *
 * @param text the file
 * @param regions comments and strings, in which parentheses do not count
 * @param open offset of `(`
 * @returns the offset behind the closing one, or undefined when it is never closed
 */
export function closing(text: string, regions: readonly Region[], open: number): number | undefined {
  let depth = 0;
  const brackets = /[()]/g;
  brackets.lastIndex = open;
  for (let found = brackets.exec(text); found; found = brackets.exec(text)) {
    const region = regionAt(regions, found.index);
    if (region) {
      brackets.lastIndex = region.end;
      continue;
    }
    depth += found[0] === '(' ? 1 : -1;
    if (depth === 0) return found.index + 1;
  }
  return undefined;
}
