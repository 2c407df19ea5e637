import type { Edit } from '../../src/target/contract.js';
import { addedTest } from './suite.js';

/** What perl5db.pl reads and evaluates by itself: commands of `source`; its own settings go through `do`. */
export const debuggerEdits: readonly Edit[] = [
  {
    patch: 'debugger',
    rule: 'debugger-source',
    scope: 'statement',
    changes: [
      {
        find: /^ {8}if \( open my \$fh, \$sourced_fn \) \{$/,
        put: 'replace',
        // open() takes blanks and a < off a name; what else it makes of one is no file that is read.
        text: [
          '        # A file whose commands are executed is opened as one that is required',
          '        # (PERL_CODE_FLAGS of perl.h), so that the system may refuse it.  What',
          '        # open() takes for a pipe, a descriptor or a file to write to, it is.',
          "        my ($code) = $^O eq 'linux'",
          '            ? $sourced_fn',
          '            =~ /\\A(?>\\s*\\+?<?\\s*)(?![<>|&]|-\\s*\\z)(\\S(?:.*\\S)?)(?<!\\|)\\s*\\z/s',
          '            : ();',
          '        my $fh;',
          '        if ( defined $code ? sysopen( $fh, $code, 0x40000000 ) : open $fh, $sourced_fn ) {',
        ].join('\n'),
      },
    ],
  },
  {
    patch: 'debugger',
    file: 'lib/perl5db.pl',
    changes: [
      {
        find: /^ {4}do \$file;\n {4}CORE::warn\("perldb: couldn't parse \$file: \$@"\) if \$@;\n/m,
        put: 'replace',
        text: [
          '    do $file;',
          '    my $error = $!;',
          '    if ($@) {',
          '        CORE::warn("perldb: couldn\'t parse $file: $@");',
          '    }',
          '    # One that cannot be read is passed over, as ever.  One that can, but',
          '    # that the system does not allow to be executed, is worth a word.',
          "    elsif ( !exists $INC{$file} && open my $fh, '<', $file ) {",
          '        CORE::warn("perldb: couldn\'t execute $file: $error\\n");',
          '    }',
          '',
        ].join('\n'),
      },
    ],
  },
  {
    patch: 'debugger',
    file: 'pod/perldebug.pod',
    degrades: true,
    changes: [
      {
        find: /^I<file> may itself contain C<source> commands\.\n/m,
        put: 'after',
        text:
          '\n' +
          'On Linux, a file that could be read may be refused because the system does\n' +
          'not allow it to be executed.  See\n' +
          'L<perlsec/"Files that the system does not allow to be executed">.\n',
      },
    ],
  },
  ...addedTest('debugger', 'mayexec_db.t', 'Test files that the debugger executes.'),
];
