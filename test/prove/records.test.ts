import { describe, expect, it } from 'vitest';
import { fixtureList } from '../../src/prove/fixtures.ts';
import { readRecords } from '../../src/prove/records.ts';

const END = '{"event":"end","policy":"3","status":0,"how":"exit"}\n';

const deadOf = (text: string): string | undefined => readRecords(text, '3').dead;

describe('records', () => {
  it('without an end are those of a dead run', () => {
    expect(deadOf('')).toBe('the supervisor did not finish');
    expect(deadOf(END)).toBeUndefined();
  });

  it('that are cut, foreign or behind the end make the run a dead one', () => {
    expect(deadOf(`{"event":"open","pid":1\n${END}`)).toBe('a record is damaged: {"event":"open","pid":1');
    expect(deadOf(`{"event":"other"}\n${END}`)).toBe('a record is damaged: {"event":"other"}');
    expect(deadOf(END + END)).toBe('a record comes after the end');
  });

  it('of another policy than the one that was asked for make the run a dead one', () => {
    expect(readRecords(END, '2').dead).toBe('expected policy 2 in force, found 3');
  });

  it('keep the first reason of a death, and what goes with it', () => {
    const two = '{"event":"dead","reason":"one"}\n{"event":"dead","reason":"two","hint":"of the second"}\n';
    expect(readRecords(two, '3').todo).toBeUndefined();
    expect(readRecords('{"event":"dead","reason":"one","hint":"do this"}\n', '3').todo).toBe('do this');
    expect(deadOf('{"event":"dead","reason":"one"}\n{"event":"dead","reason":"two"}\n')).toBe('one');
  });
});

describe('the list of fixtures', () => {
  it('is a line each, with nothing in it that ends a field', () => {
    expect(
      fixtureList(
        [
          { kind: 'file', path: 'a b', text: 'x y\n%\u00e9', mode: 0o4755, owner: 'root' },
          { kind: 'link', path: 'l', to: '/proc/self/fd/9' },
          { kind: 'block', path: 'b', major: 240, minor: 1 },
          { kind: 'noexec', path: 'n' },
          { kind: 'file', path: 'empty' },
        ],
        'nobody',
      ),
    ).toBe(
      [
        'file 4755 0 0 a%20b x%20y%0a%25%c3%a9',
        'link 0644 65534 65534 l /proc/self/fd/9',
        'block 0644 65534 65534 b 240:1',
        'noexec 0755 65534 65534 n',
        'file 0644 65534 65534 empty',
        '',
      ].join('\n'),
    );
  });
});
