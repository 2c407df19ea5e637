import type { Capability } from '../../src/target/contract.ts';

/** What some trees of mawk have and others have not, and edits or scenarios depend on. */
export const capabilities: readonly Capability[] = [
  {
    id: 'escaped-percent',
    what: 'It takes %% in front of the conversion of CONVFMT and OFMT.',
    file: 'field.c',
    has: "allow an escaped '%'",
  },
  {
    id: 'long-options',
    what: 'It takes the names of -W as options of two dashes.',
    file: 'init.c',
    has: /^parse_long_opt\(/m,
  },
  {
    id: 'makebits',
    what: 'Its makefile has a header makebits.h, on which memory.o depends.',
    file: 'Makefile.in',
    has: /^memory\.o :.* makebits\.h/m,
  },
];
