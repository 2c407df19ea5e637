import type { Entry } from '../../src/target/contract.ts';

/** Ways in for code that no file is opened for by name. */
export const entries: readonly Entry[] = [
  {
    id: 'mawk/program',
    kind: 'snippet',
    verdict: 'refuse-when-denied',
    why: 'the first argument is the program, unless -f or -W exec is given',
    patch: 'commands',
  },
  {
    id: 'mawk/format',
    kind: 'snippet',
    verdict: 'refuse-when-denied',
    why: 'CONVFMT of -v, or OFMT as an operand: a format of printf, whose output can be longer than what it is written to',
    patch: 'commands',
  },
  {
    id: 'mawk/stdin',
    kind: 'stdin',
    verdict: 'check-descriptor',
    why: 'a program from the standard input: -f - and -W exec -, also behind other program files',
    patch: 'commands',
  },
  {
    id: 'mawk/locale',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'LOCPATH names a folder of locales, which say what the classes of regular expressions are: a check before a command lets pass what they say',
    patch: 'environment',
  },
  {
    id: 'mawk/libraries',
    kind: 'environment',
    verdict: 'files-only',
    why: 'LD_PRELOAD and LD_LIBRARY_PATH name objects: ld.so opens them; a noexec mount stops it, but a missing execute permission does not',
    open: 'the dynamic linker opens them, before mawk can ask',
  },
];
