import type { Named, Reader, Untold } from './sourcing.ts';
import { oneLine } from './sourcing.ts';

/**
 * A reader of files that name others, each in a separate line.
 *
 * @param pattern its first group is the path
 */
export function lineReader(pattern: RegExp): Reader {
  return (text) => {
    const named: Named[] = [];
    const untold: Untold[] = [];
    for (const [index, content] of text.split(/\r?\n/).entries()) {
      const path = pattern.exec(content)?.[1];
      if (path === undefined) continue;
      const line = index + 1;
      if (path.startsWith('/')) named.push({ line, from: 'root', path, pattern: false });
      else if (path.startsWith('~/')) named.push({ line, from: 'home', path: path.slice(2), pattern: false });
      else untold.push({ line, text: oneLine(content) });
    }
    return { named, untold };
  };
}
