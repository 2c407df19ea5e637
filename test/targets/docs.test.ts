import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { interpreterNames, loadTarget, loadTrials, targetNames } from '../../src/target/find.ts';

const page = (name: string): string => join(packageFolder, 'docs', `${name}.md`);

/** The cells of the rows that stand under a heading of a table. */
function rowsUnder(lines: readonly string[], heading: string): readonly (readonly string[])[] {
  const from = lines.findIndex((line) => line.startsWith(heading)) + 2;
  const end = lines.findIndex((line, index) => index >= from && !line.startsWith('|'));
  return lines.slice(from, end).map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));
}

it('each target has a page', () => {
  expect(targetNames().filter((name) => !existsSync(page(name)))).toEqual([]);
});

it('the list of pages has that of each interpreter; UPDATE=1 writes them', () => {
  const file = page('README');
  const text = readFileSync(file, 'utf8');
  const asks = ' | What does each patch cover, and who leaves it out? |\n';
  const links = interpreterNames().map((name) => `[${name}.md](${name}.md)`);
  const made = text.replace(/^\| .*(?= \| What does each patch cover, )/m, () => `| ${links.join(', ')}`);
  if (process.env['UPDATE'] === '1') writeFileSync(file, made);
  expect(made).toContain(asks);
  expect(readFileSync(file, 'utf8')).toBe(made);
});

describe.each(targetNames().filter((name) => existsSync(page(name))))('the page of %s', async (name) => {
  const lines = readFileSync(page(name), 'utf8').split('\n');
  const target = await loadTarget(name);

  it('has each patch in order, with its role and whether it is made unless asked for', () => {
    const rows = rowsUnder(lines, '| role |').map(([, role, patch, made]) => [role, patch, made]);
    expect(rows.map(([, patch]) => patch)).toEqual(target.patches.map((one) => one.id));
    for (const { id, optional, offByDefault } of target.patches) {
      const [role, , made] = rows.find(([, patch]) => patch === id) ?? [];
      if (optional !== undefined) expect(role).toBe(optional);
      expect(made, id).toBe(optional === undefined ? 'always' : offByDefault === true ? 'off' : 'on');
    }
  });

  it('has each policy with its default', () => {
    const rows = rowsUnder(lines, '| rule |').map(([, rule, , made = '']) => [rule, /^\w+/.exec(made)?.[0]]);
    const policies = target.rules.filter((rule) => rule.verdict === 'policy');
    // Rules have no order.
    expect(rows.toSorted()).toEqual(policies.map((rule) => [rule.id, rule.default]).toSorted());
  });
});

describe('the page of the helper', () => {
  it.each(interpreterNames())(
    'says what %s says to a script that is refused, as its scenario has it; UPDATE=1 adds a row',
    async (name) => {
      const { scenarios } = await loadTrials(name);
      const refused = scenarios.find(({ id }) => id === 'script')?.refused;
      const { title = name } = await loadTarget(name);
      const begins = `| a script of ${title} |`;
      const text = readFileSync(page('helper'), 'utf8');
      if (process.env['UPDATE'] === '1' && !text.includes(begins)) {
        const row = `${begins} \`${refused?.says.join('…') ?? ''}\` | ${refused?.status ?? ''} |\n`;
        writeFileSync(
          page('helper'),
          text.replace(/^(?=\| a script of )/m, () => row),
        );
      }
      const rows = rowsUnder(readFileSync(page('helper'), 'utf8').split('\n'), '| refused | message');
      const found = rows
        .filter(([, what]) => what === `a script of ${title}`)
        .filter(
          ([, , said, status]) =>
            status === String(refused?.status) && refused?.says.every((words) => said?.includes(words)),
        );
      expect(found).toHaveLength(1);
    },
  );
});
