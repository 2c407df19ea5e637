import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';

const cli = join(packageFolder, 'dist', 'src', 'cli.js');

function help(...command: readonly string[]): string {
  return spawnSync(process.execPath, [cli, ...command, '--help'], { encoding: 'utf8' }).stdout;
}

/** The commands of `mayexec` in the blocks of code of a page, without remarks. */
function shown(page: string): readonly string[] {
  const blocks = readFileSync(join(packageFolder, page), 'utf8').match(/^```sh\n[\s\S]*?^```/gm) ?? [];
  return blocks
    .flatMap((block) => block.split('\n'))
    .map((line) => line.replace(/ +#.*/, '').replace(/^npx /, ''))
    .filter((line) => line.startsWith('mayexec '));
}

const text = help();
const known = [...new Set([...text.matchAll(/^ {2}mayexec ([\w-]+)/gm)].map(([, name = '']) => name))];

it('docs/commands.md shows each command', () => {
  expect(known.length).toBeGreaterThan(10);
  const names = new Set(shown('docs/commands.md').map((line) => line.split(' ')[1] ?? ''));
  expect([...names].toSorted()).toEqual(known.toSorted());
});

it.each(['README.md', 'docs/commands.md', 'docs/patches.md', 'docs/deploy.md'])(
  '%s shows no command and no option that mayexec does not have',
  (page) => {
    const lines = shown(page);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const [, name = '', ...words] = line.split(/ \| | -- /)[0]?.split(' ') ?? [];
      expect(known, line).toContain(name);
      const listed = name === 'sandbox' ? help('sandbox') : text;
      for (const word of words.filter((one) => one.startsWith('--')))
        expect(listed, line).toMatch(new RegExp(`^ +${word}\\b`, 'm'));
    }
  },
);
