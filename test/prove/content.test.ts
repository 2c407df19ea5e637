import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { contentOf } from '../../src/prove/content.ts';

const work = mkdtempSync(join(tmpdir(), 'mayexec-content-'));
afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

/** The sum of a tree with two files, after a change. */
function sum(change: (tree: string) => void = () => undefined): string {
  const tree = mkdtempSync(join(work, 'tree-'));
  mkdirSync(join(tree, 'lib'));
  writeFileSync(join(tree, 'lib/a.c'), 'int a;\n');
  writeFileSync(join(tree, 'configure'), '#!/bin/sh\n', { mode: 0o755 });
  change(tree);
  return contentOf(tree);
}

test('two trees of the same content have one sum, wherever they lie', () => {
  expect(sum()).toBe(sum());
});

test.each<[string, (tree: string) => void]>([
  [
    'another byte',
    (tree) => {
      writeFileSync(join(tree, 'lib/a.c'), 'int b;\n');
    },
  ],
  [
    'a file more',
    (tree) => {
      writeFileSync(join(tree, 'lib/b.c'), '');
    },
  ],
  [
    'a file less',
    (tree) => {
      rmSync(join(tree, 'lib/a.c'));
    },
  ],
  [
    'no x bit',
    (tree) => {
      chmodSync(join(tree, 'configure'), 0o644);
    },
  ],
  [
    'a link',
    (tree) => {
      symlinkSync('lib/a.c', join(tree, 'a.c'));
    },
  ],
])('%s is another content', (_what, change) => {
  expect(sum(change)).not.toBe(sum());
});
