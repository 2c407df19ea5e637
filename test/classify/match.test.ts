import { describe, expect, it } from 'vitest';
import { matcherOf } from '../../src/classify/match.ts';
import type { Conditions, Place, Rule, Site } from '../../src/target/contract.ts';
import { site } from '../sites/site.ts';

const rule = (id: string, ...places: readonly Place[]): Rule => ({
  id,
  places,
  verdict: 'exempt',
  roles: ['data'],
  why: 'because',
});

const matches = (place: Place, of: Site): boolean => matcherOf([rule('r', place)]).matching(of).length === 1;

describe('the files of a place', () => {
  it.each<[string, string, boolean]>([
    ['src/io.c', 'src/io.c', true],
    ['src/io.c', 'a/src/io.c', false],
    ['src/io.c', 'src/io_c', false],
    ['src/*.c', 'src/io.c', true],
    ['src/*.c', 'src/.hidden.c', true],
    ['src/*.c', 'src/sub/io.c', false],
    ['src/**', 'src/sub/io.c', true],
    ['src/**/*.c', 'src/io.c', true],
    ['{lib,src}/io.c', 'lib/io.c', true],
    ['{lib,src}/io.c', 'bin/io.c', false],
    ['src/i[op].c', 'src/ip.c', true],
    ['src/i?.c', 'src/io.c', true],
    ['**', 'any/.thing', true],
    // No glob: a plus, brackets of other kinds and a bang are letters of a name.
    ['lib/g++(1)!.c', 'lib/g++(1)!.c', true],
  ])('%s is met by %s: %s', (glob, file, expected) => {
    expect(matches({ files: { [glob]: '...' } }, site({ file }))).toBe(expected);
  });

  it('have the functions whose sites are meant', () => {
    const files = { 'a.c': ['f', 'read_...'], 'b.c': '-', '*.h': '...' };
    const met = (file: string, name: string): boolean =>
      matches({ files }, site({ file, owner: { kind: 'function', name } }));
    expect([met('a.c', 'f'), met('a.c', 'read_it'), met('a.c', 'g'), met('a.c', '-')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect([met('b.c', '-'), met('b.c', 'f')]).toEqual([true, false]);
    expect([met('x.h', '-'), met('x.h', 'g'), met('c.c', 'f')]).toEqual([true, true, false]);
  });
});

describe('the conditions of a place', () => {
  const at: Partial<Site> = {
    callee: 'open',
    text: 'open (name, O_RDONLY)',
    statement: 'fd = open (name, O_RDONLY);',
    guards: ['defined (A)', '!(defined (B))'],
    kind: 'call',
    state: 'plain',
    owner: { kind: 'function', name: 'f' },
  };
  const CONDITIONS: readonly (readonly [Conditions, boolean])[] = [
    [{}, true],
    [{ callee: 'open' }, true],
    [{ callee: ['fopen', 'open'] }, true],
    [{ callee: 'fopen' }, false],
    [{ text: 'open (...)' }, true],
    [{ text: 'open' }, false],
    [{ statement: 'fd = ...' }, true],
    [{ statement: 'open ...' }, false],
    [{ guard: 'defined (A)' }, true],
    [{ guard: '!(defined (B))' }, true],
    [{ guard: ['defined (B)', 'defined (C)'] }, false],
    [{ kind: 'call' }, true],
    [{ kind: 'macro' }, false],
    [{ state: 'plain' }, true],
    [{ state: 'rewritten' }, false],
    [{ owner: 'function' }, true],
    [{ owner: 'class' }, false],
    [{ callee: 'open', text: 'open (...)', kind: 'call' }, true],
    // All of them must hold.
    [{ callee: 'open', text: 'open (...)', kind: 'value' }, false],
  ];

  it.each(CONDITIONS)('%j: %s', (conditions, expected) => {
    expect(matches({ files: { 'a.c': 'f' }, ...conditions }, site(at))).toBe(expected);
  });

  it.each(CONDITIONS)('are what is not meant: not %j takes away where it is %s', (not, expected) => {
    expect(matches({ files: { 'a.c': 'f' }, not }, site(at))).toBe(!expected);
  });

  it('a guard wants a condition around the site', () => {
    expect(matches({ files: { '**': '...' }, guard: '...' }, site({ guards: [] }))).toBe(false);
    expect(matches({ files: { '**': '...' }, not: { guard: '...' } }, site({ guards: [] }))).toBe(true);
  });
});

describe('rules', () => {
  it('mean a site that is at any of their places, with what is said there', () => {
    const two = rule(
      'two',
      { files: { 'a.c': '...' }, callee: 'open' },
      { files: { 'b.c': '...' }, not: { callee: 'open' } },
    );
    const met = (file: string, callee: string): boolean =>
      matcherOf([two]).matching(site({ file, callee })).length === 1;
    expect([met('a.c', 'open'), met('a.c', 'fopen'), met('b.c', 'open'), met('b.c', 'fopen')]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  it('are all named, each once, in the order in which they are written', () => {
    const everywhere: Place = { files: { '**': '...' } };
    const rules = [
      rule('c', everywhere, everywhere),
      rule('none'),
      rule('a', { files: { 'b.c': '...' } }),
      rule('b', everywhere),
    ];
    const matcher = matcherOf(rules);
    expect(matcher.matching(site({})).map(({ id }) => id)).toEqual(['c', 'b']);
    expect(matcher.matching(site({ file: 'b.c' })).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
    // Again, of a file that was asked about.
    expect(matcher.matching(site({ file: 'b.c' })).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  });
});
