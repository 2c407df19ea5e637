import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../src/package.ts';

const file = join(packageFolder, 'docs', 'helper.md');

/**
 * docs/helper.md, and the same with this table in the place of the one that a test file says it makes. With UPDATE=1
 * the page is written so.
 *
 * @param maker the test file, as the page's comment before the table names it
 */
export function pageWith(maker: string, table: string): { readonly text: string; readonly made: string } {
  const text = readFileSync(file, 'utf8');
  const start = `<!-- made by ${maker} -->\n`;
  const from = text.indexOf(start) + start.length;
  const to = text.indexOf('<!-- end -->', from);
  if (from < start.length || to < 0) throw new Error(`${file} has no place for the table of ${maker}`);
  const made = `${text.slice(0, from)}\n${table}\n\n${text.slice(to)}`;
  if (process.env['UPDATE'] === '1') writeFileSync(file, made);
  return { text: process.env['UPDATE'] === '1' ? made : text, made };
}
