import type { Capability } from '../../src/target/contract.ts';

/** What differs from one tree of perl to another, and the series depends on. */
export const capabilities: readonly Capability[] = [
  {
    id: 'declarations-sorted',
    what: 'embed.fnc is in the order of the names of the functions, and has one argument on a line.',
    file: 'embed.fnc',
    has: /^S\t\|PerlIO \*\|open_script\t\|NN const char \*scriptname\t+\\$/m,
  },
  {
    id: 'delta-enhanced',
    what: 'perldelta has a section on what is new in the language.',
    file: 'pod/perldelta.pod',
    has: /^=head1 Core Enhancements\n\n(?!=head2 Files may be refused that the system)/m,
  },
  {
    id: 'manifest-wide',
    what: 'The manifest says what a test is for in column 40.',
    file: 'MANIFEST',
    has: '\nt/run/noswitch.t\t\t\tTest',
  },
  {
    id: 'module-switch-split',
    what: 'The switches -M and -m have a function, and may have their argument in the next word.',
    file: 'perl.c',
    has: '\nS_moreswitch_m(pTHX_ char option, const char *s)\n',
  },
  {
    id: 'prototypes-split',
    what: 'proto.h has the name of a function on a line of its own.',
    file: 'proto.h',
    has: '\nPerl_cop_fetch_label(',
  },
  {
    id: 'tabs-in-perl-c',
    what: 'perl.c is indented by tabs.',
    file: 'perl.c',
    has: /^\trsfp = PerlIO_fdopen\(fdscript,PERL_SCRIPT_MODE\);$/m,
  },
  {
    id: 'tabs-in-pp-ctl-c',
    what: 'pp_ctl.c is indented by tabs.',
    file: 'pp_ctl.c',
    has: /^\tif \(pmcio\)$/m,
  },
];
