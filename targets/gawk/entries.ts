import type { Entry } from '../../src/target/contract.ts';

/** Ways in for code that no file is opened for by name. */
export const entries: readonly Entry[] = [
  {
    id: 'gawk/program',
    kind: 'snippet',
    verdict: 'refuse-when-denied',
    why: 'the first argument is the program, unless -f, -E or -e is given; -e is given program text',
    patch: 'commands',
  },
  {
    id: 'gawk/stdin',
    kind: 'stdin',
    verdict: 'check-descriptor',
    why: 'a program from the standard input: -f -, -f /dev/stdin, and -i - where a file of that name exists',
    patch: 'commands',
  },
  {
    id: 'gawk/debugger',
    kind: 'interactive',
    verdict: 'check-descriptor',
    why: 'commands of the debugger (-D), typed or from the standard input: eval runs statements',
    patch: 'commands',
  },
  {
    id: 'gawk/restart',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'DGAWK_RESTART, with DGAWK_BREAK and DGAWK_WATCH: commands and conditions of the debugger, which restarts with them',
    patch: 'environment',
  },
  {
    id: 'gawk/messages',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: "GAWK_LOCALE_DIR, or a path in LANGUAGE, names translations of gawk's own messages, which are formats of printf",
    patch: 'environment',
  },
  {
    id: 'gawk/locale',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'LOCPATH names a folder of locales, and a program is read by where a character ends: what is in a string of it can become a statement',
    patch: 'environment',
  },
  {
    id: 'gawk/libraries',
    kind: 'environment',
    verdict: 'files-only',
    why: 'LD_PRELOAD and LD_LIBRARY_PATH name objects, and so does GCONV_PATH for a locale whose letters need a converter: ld.so opens them; a noexec mount stops it, but a missing execute permission does not',
    open: 'the C library and the dynamic linker open them, before gawk can ask, or without it',
  },
];
