import { describe, expect, it } from 'vitest';
import { nextOf, Words } from '../../src/evidence/words.ts';

describe('Words', () => {
  const texts = ['open (name);', 'reopen (open_file);', 'x = open', '', 'name2 name\n'];
  const words = new Words(texts);

  it.each([
    ['open', [0, 2]],
    ['name', [0, 4]],
    ['name2', [4]],
    ['x', [2]],
    ['ope', []],
    ['(', []],
    ['', []],
  ] as const)('finds the texts that hold %j', (word, found) => {
    expect(words.in(word)).toEqual(found);
    expect(words.in(word)).toEqual(found);
  });

  it('finds as much as a search of each text, where many words are', () => {
    const many = Array.from({ length: 40 }, (_, at) =>
      Array.from({ length: 400 }, (_one, index) => `w${(at + 1) * index}`).join(' '),
    );
    const all = new Words(many);
    for (let index = 0; index < 16000; index += 7) {
      const plain = new RegExp(`\\bw${index}\\b`);
      expect(all.in(`w${index}`)).toEqual(many.flatMap((text, at) => (plain.test(text) ? [at] : [])));
    }
  });

  it('tells words apart that have the same number', () => {
    const pair = new Words(['egjixjy', 'xnrbuji']);
    expect(pair.in('egjixjy')).toEqual([0]);
    expect(pair.in('xnrbuji')).toEqual([1]);
  });
});

describe('nextOf', () => {
  it('finds a word, and no part of another one', () => {
    expect(nextOf('reopen open_it open', 'open', 0)).toBe(15);
    expect(nextOf('open', 'open', 1)).toBe(-1);
  });
});
