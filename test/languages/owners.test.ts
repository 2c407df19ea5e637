import { describe, expect, it } from 'vitest';
import { ownersIn } from '../../src/sites/owners.ts';
import { memoryTree } from '../../src/source/tree.ts';
import type { Target } from '../../src/target/contract.ts';
import { target as toy } from '../toy/target.ts';

const target: Target = {
  ...toy,
  language: (file) => ({ c: 'c', py: 'python', pm: 'perl' })[file.split('.').at(-1) ?? ''],
};

/** The texts of the owners of a name. */
const owners = (file: string, name: string, text: string): readonly string[] =>
  ownersIn(file, memoryTree(new Map([[file, text]])), target, name).map(({ start, end }) =>
    text.slice(start, end),
  );

describe('the owners of a name', () => {
  it('are the functions and the bodies of macros in C', () => {
    const text =
      '#define f(x) open(x)\nint\nf (a)\n     char *a;\n{\n  return a;\n}\nint g (void) { f (1); }\n';
    expect(owners('a.c', 'f', text)).toEqual(['int\nf (a)\n     char *a;\n{\n  return a;\n}', ' open(x)']);
    expect(owners('a.c', 'h', text)).toEqual([]);
  });

  it('are functions and classes in Python, to the end of what is indented', () => {
    const text = [
      'def f(a,\n      b\n):\n    """\ndef f(): in a text\n"""\n    # f\n# f\n    return a\n\n',
      'class K:\n    def f(self):\n        return 1\n\n    async def g(self):\n        return 2\nx = f(1)\n',
    ].join('');
    expect(owners('a.py', 'f', text)).toEqual([
      'def f(a,\n      b\n):\n    """\ndef f(): in a text\n"""\n    # f\n# f\n    return a',
      'def f(self):\n        return 1',
    ]);
    expect(owners('a.py', 'g', text)).toEqual(['async def g(self):\n        return 2']);
    expect(owners('a.py', 'K', text).map((one) => one.split('\n').length)).toEqual([6]);
  });

  it('are subs in Perl', () => {
    const text = 'sub f {\n    return 1;\n}\n# sub f {\nsub g { f() }\n\nsub K::f {\n}\n';
    expect(owners('a.pm', 'f', text)).toEqual(['sub f {\n    return 1;\n}']);
    expect(owners('a.pm', 'K::f', text)).toEqual(['sub K::f {\n}']);
  });

  it('are none in a file that is no source', () => {
    expect(owners('a.txt', 'f', 'int f (void) { }\n')).toEqual([]);
  });
});
