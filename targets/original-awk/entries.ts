import type { Entry } from '../../src/target/contract.ts';

/** Ways in for code that no file is opened for by name. */
export const entries: readonly Entry[] = [
  {
    id: 'original-awk/program',
    kind: 'snippet',
    verdict: 'refuse-when-denied',
    why: 'the first argument is the program, unless -f is given',
    patch: 'commands',
  },
  {
    id: 'original-awk/format',
    kind: 'snippet',
    verdict: 'refuse-when-denied',
    why: 'CONVFMT of -v, or OFMT as an operand: a format of printf, by which it can read and write memory; ARGV of -v: awk then reads memory that it has freed',
    patch: 'commands',
  },
  {
    id: 'original-awk/stdin',
    kind: 'stdin',
    verdict: 'check-descriptor',
    why: 'a program from the standard input: -f -, also behind other program files',
    patch: 'commands',
  },
  {
    id: 'original-awk/locale',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'LOCPATH names a folder of locales, and a program is read by what a locale takes for letters: a comment of it can become a statement',
    patch: 'environment',
  },
  {
    id: 'original-awk/libraries',
    kind: 'environment',
    verdict: 'files-only',
    why: 'LD_PRELOAD and LD_LIBRARY_PATH name objects, and so does GCONV_PATH for a locale whose letters need a converter: ld.so opens them; a noexec mount stops it, but a missing execute permission does not',
    open: 'the C library and the dynamic linker open them, before original-awk can ask, or without it',
  },
];
