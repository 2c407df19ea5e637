import { describe, expect, it } from 'vitest';
import { parserFor } from '../../src/parse/grammar.ts';
import { hitsIn, Scanner } from '../../src/languages/hits.ts';
import { PythonFile } from '../../src/languages/python/file.ts';
import type { Opener } from '../../src/target/contract.ts';
import { target as toy } from '../toy/target.ts';

const opener: Opener = { files: /\.py$/, lang: 'python', token: /open/, as: 'callee', gives: 'object' };

/** What each call of a text says as its statement, and the bytes of the statement itself. */
async function statements(text: string): Promise<readonly (readonly [string, string])[]> {
  const file = new PythonFile('a.py', text, toy, await parserFor({ package: 'tree-sitter-python' }));
  const found = hitsIn('a.py', 'python', text, new Scanner([opener])).flatMap((hit) => {
    const judged = file.judge(hit);
    if ('other' in judged) return [];
    const { statement, spans } = judged.site;
    return [[statement, text.slice(spans.statement.start, spans.statement.end)] as const];
  });
  file.free();
  return found;
}

describe('the statement of a site in Python', () => {
  it.each<[string, string, string, string]>([
    ['alone', 'f = open(a)\n', 'f = open(a)', 'f = open(a)'],
    ['the whole of an if', 'if b:\n    f = open(a)\n', 'if b: f = open(a)', 'f = open(a)'],
    ['with a remark', 'if b:\n    # Why.\n    f = open(a)\n', 'if b: # Why. f = open(a)', 'f = open(a)'],
    ['one of two', 'if b:\n    c()\n    f = open(a)\n', 'f = open(a)', 'f = open(a)'],
    [
      'the whole of an elif',
      'if b:\n  c()\nelif d:\n  f = open(a)\nelse:\n  e()\n',
      'elif d: f = open(a)',
      'f = open(a)',
    ],
    ['the whole of an else', 'if b:\n    c()\nelse:\n    f = open(a)\n', 'else: f = open(a)', 'f = open(a)'],
    ['the whole of a loop', 'for b in c:\n    open(b)\n', 'for b in c: open(b)', 'open(b)'],
    ['the whole of a function', 'def g():\n    open(b)\n', 'open(b)', 'open(b)'],
    [
      'with the innermost condition alone',
      'if b:\n    if c:\n        open(d)\n    else:\n        e()\n',
      'if c: open(d)',
      'open(d)',
    ],
  ])('%s', async (_what, text, statement, itself) => {
    expect(await statements(text)).toEqual([[statement, itself]]);
  });
});
