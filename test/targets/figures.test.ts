import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { interpreterNames, loadTarget, loadTrials } from '../../src/target/find.ts';
import { figuresIn } from './figures.ts';

const page = (name: string): string => join(packageFolder, 'docs', `${name}.md`);
const interpreters = interpreterNames().filter((name) => existsSync(page(name)));

describe.each(interpreters)('the page of %s', (name) => {
  it('gives the numbers of runs that its commands print; UPDATE=1 writes them', async () => {
    const lines = readFileSync(page(name), 'utf8').split('\n');
    const tried = { target: await loadTarget(name), trials: await loadTrials(name) };
    if (process.env['UPDATE'] === '1') {
      for (const { line, says, is } of figuresIn(lines, tried))
        lines[line - 1] = lines[line - 1]?.replace(says, is) ?? '';
      writeFileSync(page(name), lines.join('\n'));
    }
    const figures = figuresIn(lines, tried);
    expect(figures.length).toBeGreaterThan(0);
    expect(figures.map(({ line, says }) => `${line}: ${says}`)).toEqual(
      figures.map(({ line, is }) => `${line}: ${is}`),
    );
  });

  it('is held to them: another number is found', async () => {
    const tried = { target: await loadTarget(name), trials: await loadTrials(name) };
    const lines = readFileSync(page(name), 'utf8').split('\n');
    const wrong = lines.map((line) =>
      line.replace(/\| [\d,]+ runs|\| \d+ attempts/, (said) =>
        said.replace(/\d/, (digit) => (digit === '9' ? '8' : '9')),
      ),
    );
    expect(figuresIn(wrong, tried).some(({ says, is }) => says !== is)).toBe(true);
  });
});
