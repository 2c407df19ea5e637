import type { Entry } from '../../src/target/contract.ts';

/** Ways in for code that no file is opened for by name. */
export const entries: readonly Entry[] = [
  {
    id: 'sed/text',
    kind: 'snippet',
    verdict: 'refuse-when-denied',
    why: 'the first argument is the script, unless -f or -e is given; -e is given script text: refused if the program executes commands or writes to files; one that only edits runs',
    patch: 'commands',
  },
  {
    id: 'sed/stdin',
    kind: 'stdin',
    verdict: 'check-descriptor',
    why: 'a script from the standard input, -f -: treated as text if the descriptor does not pass, or is not at the beginning of its file',
    patch: 'commands',
  },
  {
    id: 'sed/messages',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: "a path in LANGUAGE names translations of sed's own messages, which are formats of printf; LOCPATH names locales, and where '#' or a letter is a blank a script is another",
    patch: 'environment',
  },
  {
    id: 'sed/libraries',
    kind: 'environment',
    verdict: 'files-only',
    why: 'LD_PRELOAD, LD_LIBRARY_PATH and GCONV_PATH name objects: ld.so opens them; a noexec mount stops it, but a missing execute permission does not',
    open: 'the dynamic linker opens them, and sed has no part in it',
  },
];
