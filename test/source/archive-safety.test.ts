import { resolve } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Problem } from '../../src/problems.ts';
import type { ArchiveEntry, SafeEntry } from '../../src/source/archive-entry.ts';
import { safeEntries } from '../../src/source/archive-safety.ts';

const part = fc.constantFrom('a', 'b', 'c', '.', '..', '', 'p', '\n');
const path = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 })
      .map((parts) => `p/${parts.join('/')}`),
  },
  { weight: 1, arbitrary: fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')) },
);
const target = fc.oneof(
  fc
    .array(fc.constantFrom('a', 'b', 'c', '..', '.'), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join('/')),
  path,
);
const entry: fc.Arbitrary<ArchiveEntry> = fc.record({
  path,
  kind: fc.constantFrom('file', 'file', 'folder', 'symlink', 'symlink', 'hardlink', 'other'),
  type: fc.constant('x'),
  target,
  mode: fc.constant(0o644),
  mtime: fc.constant(0),
});

/** What the kernel would do with a path: links followed part by part; undefined once it leaves the tree. */
function follow(name: string, links: ReadonlyMap<string, string>, depth = 0): string | undefined {
  if (depth > 40) return '';
  const here: string[] = [];
  const parts = name.split('/').filter((one) => one !== '' && one !== '.');
  for (const [index, one] of parts.entries()) {
    if (one === '..') {
      if (here.pop() === undefined) return undefined;
      continue;
    }
    const link = links.get([...here, one].join('/'));
    if (link === undefined) here.push(one);
    else if (link.startsWith('/')) return undefined;
    else return follow([...here, link, ...parts.slice(index + 1)].join('/'), links, depth + 1);
  }
  return here.join('/');
}

function accepted(entries: readonly ArchiveEntry[]): SafeEntry[] | undefined {
  try {
    return safeEntries('x.tar', entries);
  } catch (error) {
    if (error instanceof Problem && error.code === 'hostile-archive') return undefined;
    throw error;
  }
}

it('whatever is accepted stays in the tree, by name and through every link', () => {
  let passed = 0;
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 6 }), (entries) => {
      const safe = accepted(entries);
      if (safe === undefined) return;
      const links = new Map(
        safe.filter((one) => one.entry.kind === 'symlink').map((one) => [one.name, one.entry.target]),
      );
      passed += links.size > 0 ? 1 : 0;
      for (const one of safe) {
        const at = resolve('/tree', one.name);
        expect(at === '/tree' || at.startsWith('/tree/')).toBe(true);
        expect(resolve('/tree', one.linked).startsWith('/tree')).toBe(true);
        expect(follow(one.name, links)).toBeDefined();
        // Nothing but a link itself may be reached through a link.
        const folders = one.name.split('/').slice(0, -1);
        for (let length = 1; length <= folders.length; length += 1) {
          expect(links.has(folders.slice(0, length).join('/'))).toBe(false);
        }
      }
    }),
    { numRuns: 20_000, seed: 1 },
  );
  // The property says nothing if all with a link are refused.
  expect(passed).toBeGreaterThan(500);
});
