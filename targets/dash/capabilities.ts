import type { Capability } from '../../src/target/contract.ts';

/** What differs from one tree of dash to another, and the series depends on. */
export const capabilities: readonly Capability[] = [
  {
    id: 'debhelper',
    what: "The tree is a Debian package, whose build makes automake's files anew and removes them afterwards.",
    file: 'debian/rules',
  },
  {
    id: 'generated-makefile',
    what: "The tree has automake's src/Makefile.in, as archives of releases do.",
    file: 'src/Makefile.in',
  },
  {
    id: 'global-command',
    what: 'The shell goes through its arguments with minusc, and with no copy of it.',
    file: 'src/options.c',
    has: '\tif (minusc) {\n',
  },
  {
    id: 'locale',
    what: 'The shell reads commands by the locale of its environment.',
    file: 'src/main.c',
    has: 'setlocale(LC_ALL, "");',
  },
  {
    id: 'memory-here-documents',
    what: 'A here-document that is too long for a pipe is a file in memory.',
    file: 'src/redir.c',
    has: 'memfd_create(',
  },
  {
    id: 'shared-input',
    what: 'The read builtin reads by the buffer that commands of the standard input are read by.',
    file: 'src/input.h',
    has: 'void pushstdin(void);',
  },
];
