import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { loadTarget } from '../../src/target/find.ts';
import { commentOf, glossary, WORDS } from './glossary.ts';
import { fileRules, importsNow, mayImport, roomImports } from './rooms.ts';
import { textOf } from './tracked.ts';

const file = join(packageFolder, 'CONTRIBUTING.md');
const page = (): string => readFileSync(file, 'utf8');

/** The text between two marks of the page; with UPDATE=1 it is made as expected first. */
function block(name: string, expected: (now: string) => string): readonly [found: string, expected: string] {
  const begin = `<!-- ${name}: UPDATE=1 npx vitest run test/project/contributing.test.ts rewrites it -->\n`;
  const end = `<!-- end of ${name} -->`;
  const [before = '', ...behind] = page().split(begin);
  expect(behind, begin).toHaveLength(1);
  const [now = '', ...after] = (behind[0] ?? '').split(end);
  expect(after, end).toHaveLength(1);
  const made = expected(now);
  if (process.env['UPDATE'] === '1') {
    writeFileSync(file, `${before}${begin}${made}${end}${after[0] ?? ''}`);
    return [made, made];
  }
  return [now, made];
}

describe('CONTRIBUTING.md', () => {
  it('has a row for each room, with what the rules let it import', async () => {
    const imports = await importsNow();
    const rooms = [...roomImports(imports).keys()];
    const files = [...imports.keys()].sort();
    const [found, expected] = block('rooms', (now) => {
      const rows = now.trimEnd().split('\n').slice(2);
      const said = new Map(
        rows.map((row) => row.split('|').map((cell) => cell.trim())).map(([, room, does]) => [room, does]),
      );
      const row = (room: string): string =>
        `| \`${room}\` | ${said.get(`\`${room}\``) ?? '?'} | ${mayImport(room, files, fileRules())} |\n`;
      return `| room | does | may import |\n|---|---|---|\n${rooms.map(row).join('')}`;
    });
    expect(found).toBe(expected);
    expect(found).not.toContain('| ? |');
  });

  it('shows a rule as it is written, and as many committed files as the series have', async () => {
    const { rules } = await loadTarget('bash');
    const why = rules.find(({ id }) => id === 'script')?.why;
    expect(page()).toContain(`  why          ${why ?? '?'}\n`);
    const rows = [...page().matchAll(/^(bash@\S+) +(\d+) +\d+ +\d+ +git am, patch, quilt$/gm)];
    expect(rows.length).toBeGreaterThan(1);
    for (const [, release = '', count] of rows) {
      const folder = join(packageFolder, 'generated', ...release.split('@'));
      const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) =>
        one.isFile(),
      );
      expect(`${release} ${count ?? ''}`).toBe(`${release} ${files.length}`);
    }
  });

  it('has a glossary of comments in the source, each word once', () => {
    const [found, expected] = block('glossary', () => glossary(WORDS));
    expect(found).toBe(expected);
    const words = WORDS.map(({ word }) => word);
    expect(new Set(words).size).toBe(words.length);
    for (const word of [
      'hit',
      'site',
      'opener',
      'rule',
      'verdict',
      'policy',
      'bed',
      'placement',
      'role',
      'entry',
      'lock',
    ])
      expect(words).toContain(word);
  });

  it('names files that are there', () => {
    const named = [...page().matchAll(/`((?:src|targets|test|docs|generated|\.ci)\/[\w./+-]*)`/g)].map(
      ([, path = '']) => path,
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((path) => !existsSync(join(packageFolder, path)))).toEqual([]);
  });

  it('names scripts of package.json that are there, and all of them', () => {
    const { scripts } = v.parse(
      v.object({ scripts: v.record(v.string(), v.string()) }),
      JSON.parse(textOf('package.json')),
    );
    const named = [...page().matchAll(/\bnpm (?:run )?(?:--silent )?([a-z][\w:-]*)/g)].map(
      ([, name = '']) => name,
    );
    const listed = new Set(named.filter((name) => name !== 'run' && name !== 'ci'));
    expect([...listed].toSorted()).toEqual(Object.keys(scripts).toSorted());
  });
});

describe('a comment for the glossary', () => {
  const text =
    '/** A thing\n * of two lines. */\nexport interface Thing {\n  /** Its part. */\n  readonly part?: string;\n  readonly bare: string;\n}\nexport type Bare = string;\n';

  it.each([
    ['Thing', 'A thing of two lines.'],
    ['Thing.part', 'Its part.'],
  ])('of %s is found', (declared, comment) => {
    expect(commentOf(text, declared)).toBe(comment);
  });

  it.each(['Bare', 'Thing.bare', 'Thing.none', 'None'])('of %s is missed', (declared) => {
    expect(() => commentOf(text, declared)).toThrow(declared);
  });
});
