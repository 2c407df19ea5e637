import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { PROBLEMS } from '../../src/problems.ts';

const file = join(packageFolder, 'docs', 'errors.md');
const BEGIN =
  '<!-- problems: made from src/problems.ts; UPDATE=1 npx vitest run test/project/errors.test.ts rewrites it -->\n';
const END = '<!-- end of problems -->';

/** The table of problems, sorted by exit status. */
function table(): string {
  const rows = Object.entries(PROBLEMS)
    .sort(([, a], [, b]) => a.exit - b.exit)
    .map(([code, { exit, text, hint }]) => {
      const cell = (value: string): string =>
        value
          .replace(/\s*\n\s*/g, ' ')
          .replace(/\|/g, '\\|')
          .replace(/[<>]/g, '\\$&');
      return `| ${exit} | \`${code}\` | ${cell(text)} | ${cell(hint)} |\n`;
    });
  return `| status | code | message | hint |\n|---|---|---|---|\n${rows.join('')}`;
}

test('the table of errors is the list in the source', () => {
  const page = readFileSync(file, 'utf8');
  const from = page.indexOf(BEGIN) + BEGIN.length;
  const to = page.indexOf(END);
  expect(page).toContain(BEGIN);
  expect(to).toBeGreaterThanOrEqual(from);
  if (process.env['UPDATE'] === '1') writeFileSync(file, page.slice(0, from) + table() + page.slice(to));
  const now = readFileSync(file, 'utf8');
  expect(now.slice(from, now.indexOf(END))).toBe(table());
});

test('every problem has a status of its own, none of them 0 or above 130', () => {
  const exits = Object.values(PROBLEMS).map((one) => one.exit);
  expect(new Set(exits).size).toBe(exits.length);
  for (const exit of exits) {
    expect(exit).toBeGreaterThan(0);
    expect(exit).toBeLessThanOrEqual(130);
  }
});
