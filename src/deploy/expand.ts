import { readdirSync } from 'node:fs';
import { bytesOf, resolveIn } from './place.ts';
import { byBytes } from './search.ts';

/**
 * What a pattern of the shell matches on the installed system, sorted by bytes.
 *
 * @param pattern absolute, with `*`, `?` and `[`; bytes as latin1
 */
export function expanded(root: string, pattern: string): readonly string[] {
  let found: readonly string[] = [''];
  for (const part of pattern.split('/').filter((one) => one !== '')) {
    if (!/[*?[]/.test(part)) {
      found = found.map((path) => `${path}/${part}`);
      continue;
    }
    const wanted = matcher(part);
    found = found.flatMap((path) =>
      namesIn(root, path)
        .filter((name) => wanted.test(name) && name.startsWith('.') === part.startsWith('.'))
        .map((name) => `${path}/${name}`),
    );
  }
  return [...found].sort(byBytes);
}

function namesIn(root: string, path: string): readonly string[] {
  const folder = resolveIn(root, path);
  if (folder === undefined) return [];
  try {
    return readdirSync(bytesOf(root + folder), { encoding: 'latin1' });
  } catch {
    // No folder, or one that the search has found it cannot read.
    return [];
  }
}

function matcher(part: string): RegExp {
  const source = part.replace(/\[!?\]?[^\]]*\]|[*?]|[^*?]/g, (one) => {
    if (one === '*') return '.*';
    if (one === '?') return '.';
    if (one.length === 1) return one.replace(/[^\w]/, '\\$&');
    const negated = one[1] === '!';
    const set = one.slice(negated ? 2 : 1, -1).replace(/[\\\]^[]/g, '\\$&');
    return `[${negated ? '^' : ''}${set}]`;
  });
  try {
    return new RegExp(`^${source}$`, 's');
  } catch {
    // A range that ends before it begins: it matches nothing.
    return /^(?!)/;
  }
}
