import { describe, expect, it } from 'vitest';
import { imagesOf } from '../../src/check/images.ts';
import { parsePattern } from '../../src/check/pattern.ts';
import { without } from '../../src/check/places.ts';
import { loadTarget, targetNames } from '../../src/target/find.ts';
import type { Change, Release } from '../../src/target/contract.ts';

const release: Release = {
  version: '1',
  capabilities: [],
  date: '2026-01-01',
};
const backwards = { release, render: (template: string): string => `from ${template}\n` };

const back = (change: Change, text: string): string | undefined =>
  without(change, text, { start: 0, end: text.length }, backwards);

describe('a change that is read backwards', () => {
  it.each<[string, Change, string, string | undefined]>([
    ['a text', { find: 'a', put: 'replace', text: 'b' }, 'xby', 'xay'],
    ['a text that is not there', { find: 'a', put: 'replace', text: 'b' }, 'xcy', undefined],
    ['a text that also stands elsewhere', { find: /(?<=x)a/, put: 'replace', text: 'b' }, 'b xb b', 'b xa b'],
    [
      'groups that can be anything',
      { find: /^f \((\w+), (\w+)\)$/, put: 'replace', text: (m) => `g (${m[2] ?? ''}, ${m[1] ?? ''})` },
      'g (b, a)',
      'f (a, b)',
    ],
    [
      'a group that is put twice',
      { find: /^( +)f;\n/m, put: 'replace', text: (m) => `${m[1] ?? ''}g;\n${m[1] ?? ''}h;\n` },
      'x\n  g;\n  h;\n',
      'x\n  f;\n',
    ],
    [
      'that group, put otherwise',
      { find: /^( +)f;\n/m, put: 'replace', text: (m) => `${m[1] ?? ''}g;\n${m[1] ?? ''}h;\n` },
      'x\n  g;\n h;\n',
      undefined,
    ],
    [
      'one of a few words',
      { find: /open\((one|two)\)/, put: 'replace', text: (m) => (m[1] === 'one' ? '1' : '2') },
      '-2-',
      '-open(two)-',
    ],
    [
      'a part that may be left out',
      { find: /^a( b)?$/, put: 'replace', text: (m) => (m[1] === undefined ? 'x' : 'y') },
      'y',
      'a b',
    ],
    [
      'the whole that was found',
      { find: /^(?:a\.b|c)$/, put: 'replace', text: ([all]) => `<${all}>` },
      '<a.b>',
      'a.b',
    ],
    ['a text that took something out', { find: /^b\n/m, put: 'replace', text: '' }, 'a\nc\n', 'b\na\nc\n'],
    ['a text behind another', { find: 'a\n', put: 'after', text: 'b\n' }, 'a\nb\nb\n', 'a\nb\n'],
    [
      'a text behind another, with a line between',
      { find: 'a\n', put: 'after', text: 'b\n' },
      'a\nx\nb\n',
      undefined,
    ],
    [
      'a text before another, with its line endings',
      { find: 'a', put: 'before', text: 'b\n' },
      'b\r\na\r\n',
      'a\r\n',
    ],
    ['a template', { find: 'a\n', put: 'after', text: { template: 't' } }, 'a\nfrom t\n', 'a\n'],
    ['a sorted line', { find: /(?:^\w\n)+/m, put: 'sorted', text: 'b\n' }, 'a\nb\nc\n', 'a\nc\n'],
    [
      'a sorted line at the end of a file that has none',
      { find: /(?:^\w\n?)+/m, put: 'sorted', text: 'b\n' },
      'a\nb',
      'a',
    ],
    [
      'a sorted line out of its order',
      { find: /(?:^\w\n)+/m, put: 'sorted', text: 'b\n' },
      'a\nc\nb\n',
      undefined,
    ],
    [
      'an indentation behind which the text begins',
      { find: /^(\s*)f;\n(?=g)/m, put: 'after', text: (m) => `${m[1] ?? ''}h;\n` },
      '  f;\n  h;\ng',
      '  f;\ng',
    ],
  ])('%s', (_name, change, text, expected) => {
    expect(back(change, text)).toBe(expected);
  });

  it('knows every way in which what was found can be written', () => {
    const change: Change = {
      find: /(a|b)(?:, (c))?/,
      put: 'replace',
      text: (m) => `${m[1] ?? ''}${m[2] ?? '-'}`,
    };
    expect(imagesOf(change, release, backwards.render).map(({ text }) => text)).toEqual([
      'a-',
      'ac',
      'b-',
      'bc',
    ]);
  });
});

describe('expressions', () => {
  it('are read, all that the targets have', async () => {
    let count = 0;
    for (const name of targetNames()) {
      for (const edit of (await loadTarget(name)).edits) {
        for (const { find } of 'changes' in edit ? edit.changes : []) {
          if (typeof find === 'string') continue;
          expect(() => parsePattern(find.source)).not.toThrow();
          count += 1;
        }
      }
    }
    expect(count).toBeGreaterThan(0);
  });

  it.each(['(?<name>a)', '(a', 'a)'])('are refused where they are not read: %s', (source) => {
    expect(() => parsePattern(source)).toThrow();
  });
});
