import { describe, expect, it } from 'vitest';
import { perlReader } from '../../src/sourcing/perl.ts';

/** What a text names, as `line from path`, and where it cannot be told, as `line ?`. */
function names(text: string): readonly string[] {
  const { named, untold } = perlReader(text);
  return [
    ...named.map(({ line, from, path }) => `${line} ${from} ${path}`),
    ...untold.map(({ line }) => `${line} ?`),
  ];
}

describe('what Perl does and requires', () => {
  it.each([
    ['do "/a";', '1 root /a'],
    ["require '/a b';", '1 root /a b'],
    ["require('/a') or die;", '1 root /a'],
    ['eval { do q{/a} };', '1 root /a'],
    ['eval {do "/a"};', '1 root /a'],
    ['%x = (a =>do "/a");', '1 root /a'],
    ['my $x = do q(/a) || {};', '1 root /a'],
    ["require 'x/y.cfg' if $z;", '1 search x/y.cfg'],
    ["\n\ndo '/it\\'s';", "3 root /it's"],
    ["do '/\xe9\xff';", '1 root /\xe9\xff'],
    ["do(dirname(__FILE__) . '/a.pl');", '1 itself a.pl'],
    ["unless (my $r = do '/a') { }", '1 root /a'],
    ['=pod\n\ndo "/b";\n\n=cut\n\ndo "/a";', '7 root /a'],
  ])('%j', (text, expected) => {
    expect(names(text)).toEqual([expected]);
  });

  it.each([
    'do $x;',
    'require $x;',
    'do "$x/a";',
    'do "/a" . $x;',
    "do './a';",
    "require DIR . '/a';",
    'do "/a@b";',
  ])('what %j does cannot be told', (text) => {
    expect(names(text)).toEqual(['1 ?']);
  });

  it.each([
    '# do "/a";',
    'print \'do "/a"\';',
    '$dbh->do("/a");',
    '$x{do} = "/a";',
    'Foo::do("/a");',
    '&do("/a");',
    'my %x = (do => "/a");',
    'sub do { }',
    'do { "/a" } while ($x);',
    'require Foo::Bar;',
    'require 5.006;',
    'require v5.10;',
    'require 5.005_62;',
    'use lib "/a";',
    'print <<E;\ndo "/a";\nE\n',
    '__END__\n\n=pod\n\ndo "/a";\n',
    'undo "/a";',
  ])('%j does nothing of the kind', (text) => {
    expect(names(text)).toEqual([]);
  });

  it('of any length is read in no time', () => {
    const from = Date.now();
    expect(names(`do${' '.repeat(4_000_000)}`)).toEqual([]);
    expect(names('do "/a";\n'.repeat(100_000)).length).toBe(100_000);
    expect(names(`do "${'\\x'.repeat(1_000_000)}`)).toEqual(['1 ?']);
    expect(Date.now() - from).toBeLessThan(10_000);
  });
});
