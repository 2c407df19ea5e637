import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { allowedFor, arrows, fileRules, importsNow, roomImports, roomsPage } from './rooms.ts';
import type { Imports } from './rooms.ts';

const page = join(packageFolder, 'docs', 'rooms.md');

describe('docs/rooms.md', async () => {
  const imports = await importsNow();

  it('is what dependency-cruiser finds; `npm run rooms` writes it anew', () => {
    const made = roomsPage(imports, fileRules());
    if (process.env['UPDATE'] === '1') writeFileSync(page, made);
    expect(existsSync(page) ? readFileSync(page, 'utf8') : '').toBe(made);
  });

  it('has every folder of src/', () => {
    const folders = readdirSync(join(packageFolder, 'src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${name}/`);
    expect([...roomImports(imports).keys()]).toEqual(expect.arrayContaining(folders));
  });

  it('grows by an arrow where a room imports another one', () => {
    const from = 'src/series/series.ts';
    const more: Imports = new Map([...imports, [from, [...(imports.get(from) ?? []), 'src/edits/plan.ts']]]);
    expect(roomsPage(more, fileRules())).toContain('  series_ --> edits_\n');
    expect(roomsPage(imports, fileRules())).not.toContain('  series_ --> edits_\n');
  });
});

describe('a drawing', () => {
  it('leaves out an arrow that a longer way says too', () => {
    const rooms = new Map([
      ['a/', ['b/', 'c/', 'problems.ts']],
      ['b/', ['c/']],
      ['c/', []],
    ]);
    expect(arrows(rooms)).toEqual([
      ['a/', 'b/'],
      ['b/', 'c/'],
    ]);
  });

  it('says what a room may import as the rules do: rooms, and files of rooms', () => {
    const rules = [
      { name: 'x', from: { path: '^src/a/' }, to: { path: '^src/', pathNot: ['^src/b/', '^src/c/y'] } },
    ];
    const files = ['src/a/x.ts', 'src/b/x.ts', 'src/c/x.ts', 'src/c/y.ts', 'src/d.ts'];
    expect(allowedFor('a/', files, rules)).toEqual(['b/', 'c/y.ts']);
    expect(allowedFor('b/', files, rules)).toEqual(['a/', 'c/', 'd.ts']);
  });
});
