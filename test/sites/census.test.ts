import { describe, expect, it } from 'vitest';
import { hitsIn, Scanner } from '../../src/languages/hits.ts';
import { shippedOf } from '../../src/sites/shipped.ts';
import { memoryTree } from '../../src/source/tree.ts';
import type { Opener } from '../../src/target/contract.ts';
import { plain } from '../fixtures/plain.ts';

const opener = (token: RegExp, as: Opener['as'] = 'callee'): Opener => ({
  files: /./,
  lang: 'c',
  token,
  as,
  gives: 'fd',
});

const found = (text: string, ...openers: Opener[]): (string | number)[] =>
  hitsIn('a.c', 'c', text, new Scanner(openers)).flatMap((hit) => [
    hit.start,
    text.slice(hit.start, hit.end),
    openers.indexOf(hit.opener),
  ]);

describe('hitsIn', () => {
  it('finds names as whole words, texts anywhere, in the order of the file', () => {
    expect(found('xopen open opens', opener(/open/))).toEqual([6, 'open', 0]);
    expect(found('b(open) x(open', opener(/open/), opener(/x\(o/, 'value'))).toEqual([
      ...[2, 'open', 0],
      ...[8, 'x(o', 1],
    ]);
  });

  it('gives bytes that two openers claim to the one that begins first, then to the first of the list', () => {
    expect(found('f(open)', opener(/open/), opener(/f\(open\)/, 'argument'))).toEqual([0, 'f(open)', 1]);
    expect(found('open(1)', opener(/open\(1/, 'value'), opener(/open/))).toEqual([0, 'open(1', 0]);
    expect(found('open(1)', opener(/open/), opener(/open\(1/, 'value'))).toEqual([0, 'open', 0]);
  });

  it('tells openers apart whatever groups their tokens have', () => {
    const openers = [
      opener(/(f)?(?:re)?open(64)?/),
      opener(/[(]x(y)\(z\\/, 'value'),
      opener(/(?<name>cre)at(?!or)/),
      opener(/(?<!\$)mkfile/),
    ];
    expect(found('freopen64 (xy(z\\ creat creator $mkfile mkfile', ...openers)).toEqual([
      ...[0, 'freopen64', 0],
      ...[10, '(xy(z\\', 1],
      ...[17, 'creat', 2],
      ...[39, 'mkfile', 3],
    ]);
  });

  it('refuses a token that matches nothing, and one with flags, which would be lost', () => {
    expect(() => found('a', opener(/x*/, 'value'))).toThrow(/matches nothing/);
    expect(() => found('a', opener(/open/i))).toThrow(/has flags/);
  });
});

describe('shippedOf', () => {
  it('names what is left out, with the reason that comes first', () => {
    const tree = memoryTree(
      new Map(['a.c', 'b.txt', 'tests/a.c', 'tests/b.py', 'z.py'].map((name) => [name, ''])),
    );
    const notShipped = [
      { files: /^tests\/.*c$/, why: 'in C' },
      { files: /^tests\//, why: 'the rest' },
      { files: /^none/, why: 'nothing' },
    ];
    expect(shippedOf(tree, { ...plain, notShipped })).toEqual({
      files: [
        { file: 'a.c', language: 'c' },
        { file: 'z.py', language: 'python' },
      ],
      left: [
        { why: 'in C', files: ['tests/a.c'] },
        { why: 'the rest', files: ['tests/b.py'] },
      ],
    });
  });
});
