import { describe, expect, it } from 'vitest';
import { fixtureList } from '../../src/prove/fixtures.js';
import { readRecords } from '../../src/prove/records.js';

const END = '{"event":"end","status":0,"how":"exit"}\n';

describe('records', () => {
  it('without an end are those of a dead run', () => {
    expect(readRecords('').dead).toBe('the supervisor did not come to its end');
    expect(readRecords(END).dead).toBeUndefined();
  });

  it('that are cut, foreign or behind the end make the run a dead one', () => {
    expect(readRecords(`{"event":"open","pid":1\n${END}`).dead).toBe(
      'a record is damaged: {"event":"open","pid":1',
    );
    expect(readRecords(`{"event":"other"}\n${END}`).dead).toBe('a record is damaged: {"event":"other"}');
    expect(readRecords(END + END).dead).toBe('something was recorded after the end');
  });

  it('keep the first reason of a death', () => {
    expect(readRecords('{"event":"dead","reason":"one"}\n{"event":"dead","reason":"two"}\n').dead).toBe(
      'one',
    );
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
