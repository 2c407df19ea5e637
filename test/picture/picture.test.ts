import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gcc, needs, thorough } from '../needs.ts';
import { sourceOf } from '../trees.ts';
import { picture, recording, TITLE } from './files.ts';
import { readRecording, record, RELEASE } from './record.ts';
import { svgOf, textOf } from './svg.ts';

const recorded = readRecording(readFileSync(recording, 'utf8'));
const { need } = await sourceOf(RELEASE);

describe('the picture of a refusal', () => {
  it('is what `npm run picture` draws of the recording', () => {
    expect(readFileSync(picture, 'utf8')).toBe(svgOf(TITLE, recorded.steps));
  });

  it('shows a stock Bash run what a patched one is refused, until it has execute permission', () => {
    const runs = recorded.steps.filter(({ command }) => command.startsWith('mayexec '));
    expect(runs.map(({ status }) => status)).toEqual([0, 126, 0]);
    expect(runs.map(({ output }) => output)).toEqual([
      'hello\n',
      expect.stringContaining('Permission denied'),
      'hello\n',
    ]);
  });

  it('has the text of the recording, and names no file or font of others', () => {
    const svg = svgOf('a <title>', [
      { command: 'a', output: 'x < y\n', status: 0 },
      { command: 'longer', note: 'why', output: 'no & never\n', status: 1 },
    ]);
    const lines = [...svg.matchAll(/<text[^>]*>(.*)<\/text>/g)].map(([, line = '']) =>
      line.replace(/<[^>]*>/g, ''),
    );
    expect(lines).toEqual(['$ a', 'x &lt; y', '$ longer  # why', 'no &amp; never']);
    expect(svg).toContain('<title>a &lt;title&gt;</title>');
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|@import|href/);
  });

  it('is what happens today', { ...needs(thorough, gcc, need), timeout: 600_000 }, async () => {
    expect(textOf((await record()).steps)).toBe(textOf(recorded.steps));
  });
});
