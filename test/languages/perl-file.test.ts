import { describe, expect, it } from 'vitest';
import { hitsIn, Scanner } from '../../src/languages/hits.ts';
import { PerlFile } from '../../src/languages/perl/file.ts';
import type { Opener } from '../../src/target/contract.ts';

const openers: readonly Opener[] = [
  { files: /\.pm$/, lang: 'perl', token: /open/, as: 'callee', gives: 'handle' },
  { files: /\.pm$/, lang: 'perl', token: /\bdo\s+(?=["'$])/, as: 'value', gives: 'nothing' },
];

/** What each hit of a text is: the owner of a site, or why it is none. */
function judged(text: string): string[] {
  const file = new PerlFile('A.pm', text, text.length);
  return hitsIn('A.pm', 'perl', text, new Scanner(openers)).map((hit) => {
    const was = file.judge(hit);
    return 'site' in was ? `${was.site.kind} ${was.site.owner.name}` : was.other;
  });
}

describe('a Perl file', () => {
  it.each<[string, string, string[]]>([
    ['a call', 'open(my $fh, "<", $name);\n', ['call -']],
    ['a call without brackets', 'open FH, $name or die;\n', ['call -']],
    ['a method', '$file->open($name);\n', ['call -']],
    ['a file that is run', 'do $name;\ndo "./x.pl";\n', ['text -', 'text -']],
    ['a block is none', 'do { 1 };\n', []],
    ['in a sub', 'sub f {\n    open(F, $x);\n}\nopen(G, $y);\n', ['call f', 'call -']],
    ['a definition', 'sub open { }\n', ['prototype']],
    ['a variable, a key, an element', 'my $open; %h = (open => 1); $h{open};\n', ['local', 'local', 'local']],
    ['a module', 'use open;\n', ['directive']],
    ['a comment', '# open it\nf(1); # open it\n', ['comment', 'comment']],
    ['no comment: the length of an array', 'f($#a); open(F, $#b);\n', ['call -']],
    ['strings', 'die "cannot open"; die \'open\';\n', ['string', 'string']],
    ['behind a string', 'f("#"); open(F, "x");\n', ['call -']],
    ['documentation', '1;\n\n=head1 open\n\nopen\n\n=cut\n\nopen(F);\n', ['comment', 'comment', 'call -']],
    ['documentation to the end', '1;\n\n=head1 open\n\nopen\n', ['comment', 'comment']],
    ['a heredoc', 'print <<"END";\nopen\nEND\nopen(F);\n', ['string', 'call -']],
    ['an indented heredoc', 'print <<~END;\n  open\n  END\nopen(F);\n', ['string', 'call -']],
    ['a heredoc that does not end', 'print <<END;\nopen(F);\n', ['call -']],
    ['behind a pattern nothing is told apart', '/"/; open(F, "open");\n', ['call -', 'call -']],
    ['nor in a string of many lines', 'f("a\nb", open(F), "c\nopen");\n', ['call -', 'call -']],
    ['until a line that begins anew', 'f("a\nb");\n}\ndie "open";\n', ['string']],
  ])('%s', (_what, text, expected) => {
    expect(judged(text)).toEqual(expected);
  });
});
