import { beforeAll, describe, expect, it } from 'vitest';
import { shellReader } from '../../src/sourcing/shell.ts';
import type { Reader } from '../../src/sourcing/sourcing.ts';

let read: Reader;

beforeAll(async () => {
  read = await shellReader({ itself: /"?\$HERE"?\//, file: /"?\$SELF"?(?=\.)/, home: /~\//, search: [] });
});

/** What a text names, as `line from path`, and where it cannot be told, as `line ?`. */
function names(text: string): readonly string[] {
  const { named, untold } = read(text);
  return [
    ...named.map(({ line, from, path, pattern }) => `${line} ${from} ${path}${pattern ? ' (pattern)' : ''}`),
    ...untold.map(({ line }) => `${line} ?`),
  ];
}

describe('what a shell sources', () => {
  it.each([
    ['. /a', '1 root /a'],
    ['source /a', '1 root /a'],
    ['\\. /a', '1 root /a'],
    ['builtin . /a', '1 root /a'],
    ['command -p source -- /a', '1 root /a'],
    ['if [ -r /a ]; then . /a; fi', '1 root /a'],
    ['test -f /a && . /a', '1 root /a'],
    ['[ -f "/a b" ] && source "/a b" args >/dev/null', '1 root /a b'],
    ["x='. /b'; . '/a'", '1 root /a'],
    ['. /a/"b c"/d\\ e\\$', '1 root /a/b c/d e$'],
    ["FOO=bar . $'/a'", '1 root /a'],
    ['>/dev/null . /a', '1 root /a'],
    ['case x in x) . /a;; esac', '1 root /a'],
    ['f() { . /a; }', '1 root /a'],
    ['x=$(. /a)', '1 root /a'],
    ['! . /a || :', '1 root /a'],
    ['if x; then :; else . /a; fi', '1 root /a'],
    ['cd / && \\\n  . /a', '2 root /a'],
    ['. \\\n /a', '1 root /a'],
    ['. /new"\n"line', '1 root /new\nline'],
    ['. /\xe9\xff', '1 root /\xe9\xff'],
    ['. functions', '1 search functions'],
    ['. $HERE/a', '1 itself a'],
    ['. /a\'b\'"c"\\d e', '1 root /abcd'],
    ['. "$HERE/a b"', '1 itself a b'],
    ['. "$SELF.more"', '1 file .more'],
    ['. ~/.a', '1 home .a'],
    ['. /etc/[ab]/*.sh', '1 root /etc/[ab]/*.sh (pattern)'],
    ['. "/etc/*.sh"', '1 root /etc/*.sh'],
    ['A=/a; . "$A"', '1 root /a'],
    ['A=/a; . "${A}/b"', '1 root /a/b'],
    ['cat <<E\n$(. /a)\nE', '2 root /a'],
  ])('%j', (text, expected) => {
    expect(names(text)).toEqual([expected]);
  });

  it('each word of the loop around it', () => {
    expect(names('for i in /d/*.sh /d/sh.local "$X"; do\n  [ -r "$i" ] && . "$i"\ndone')).toEqual([
      '2 root /d/*.sh (pattern)',
      '2 root /d/sh.local',
      '2 ?',
    ]);
  });

  it.each([
    '. "$1"',
    '. "${X:-/a}"',
    '. `which a`',
    '. <(a)',
    '. ./a',
    '. a/b',
    '. {/a,/b}',
    '. "$0.d/x"',
    'A=/a; A=$1; . $A/$B',
  ])('what %j sources cannot be told', (text) => {
    expect(names(text)).toEqual(['1 ?']);
  });

  it.each([
    '# . /a',
    'x # . /a',
    "cat <<'E'\n. /a\n$(. /b)\nE",
    'cat <<E\n. /a\nE',
    'echo ". /a"',
    "echo '\n. /a\n'",
    'echo . /a',
    'git source /a',
    'a.b /c',
    'ls .',
    '. ',
    'complete -F x source',
    'builtin cd /a',
  ])('%j sources nothing', (text) => {
    expect(names(text)).toEqual([]);
  });

  it('values that are made of each other in a circle come to an end', () => {
    expect(names('A=$B; B=$A; . $A')).toEqual(['1 ?']);
    expect(names(`${'A=/a\nA=/b\n'.repeat(30)}. $A$A$A$A`)).toEqual(['61 ?']);
  });

  it('data that looks like code is not parsed, which is said', () => {
    const from = Date.now();
    expect(names(`${'='.repeat(4_000_000)}\n. /a`)).toEqual(['0 ?']);
    expect(names(`${'('.repeat(2_000_000)}\n. /a`)).toEqual(['0 ?']);
    expect(names('. /a\n'.repeat(20_000))).toEqual(['0 ?']);
    expect(names('='.repeat(4_000_000))).toEqual([]);
    expect(names(`${'cat <<E\n'.repeat(10_000)}. /a`)).toEqual([]);
    expect(Date.now() - from).toBeLessThan(10_000);
  });
});
