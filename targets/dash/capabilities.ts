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
];
