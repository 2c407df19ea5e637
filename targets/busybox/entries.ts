import type { Entry } from '../../src/target/contract.ts';

/** Ways in for code that comes from no file with a name. */
export const entries: readonly Entry[] = [
  {
    id: 'busybox/-c',
    kind: 'snippet',
    verdict: 'refuse-when-denied',
    why: 'ash and hush run the argument of -c; vi runs that of its -c, and `:!` among its commands has /bin/sh run any',
    patch: 'commands',
  },
  {
    id: 'busybox/functions',
    kind: 'snippet',
    verdict: 'refuse-when-denied',
    why: 'a hush for processors without an MMU takes a function by -F, its name and its body; -V, -R, -L and -$ are variables and numbers',
    patch: 'commands',
  },
  {
    id: 'busybox/program',
    kind: 'snippet',
    verdict: 'refuse-when-denied',
    why: 'awk and sed run a program that is an argument, or that of -e; one of sed is refused if it writes to files, and runs if it only edits',
    patch: 'commands',
  },
  {
    id: 'busybox/formats',
    kind: 'snippet',
    verdict: 'refuse-when-denied',
    why: 'CONVFMT and OFMT, by -v of awk or as an argument, are formats of printf(3), where %n writes to memory: refused unless one conversion of a number',
    patch: 'commands',
  },
  {
    id: 'busybox/interactive',
    kind: 'interactive',
    verdict: 'refuse-when-denied',
    why: 'commands typed at a prompt of ash or hush',
    patch: 'commands',
  },
  {
    id: 'busybox/stdin',
    kind: 'stdin',
    verdict: 'check-descriptor',
    why: 'commands from standard input: -s, a pipe, `ash < file`, `exec < file` in a shell that reads commands there; `-f -` of awk and sed, which must be a whole file',
    patch: 'commands',
  },
  {
    id: 'busybox/exinit',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'EXINIT holds commands that vi runs when it starts',
    patch: 'commands',
  },
  {
    id: 'busybox/expanded-names',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'an interactive ash expands the value of ENV, with command substitutions, before it opens the file',
    patch: 'environment',
  },
  {
    id: 'busybox/prompts',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'ash expands PS1, PS2 and PS4 from the environment, with command substitutions',
    patch: 'environment',
  },
  {
    id: 'busybox/trace',
    kind: 'snippet',
    verdict: 'refuse-when-denied',
    why: '-x, -o xtrace: ash writes PS4 and arguments to the standard error, and a script may evaluate what it finds there',
    patch: 'environment',
  },
  {
    id: 'busybox/tables',
    kind: 'environment',
    verdict: 'files-only',
    why: 'inittab, crontabs, mdev.conf, interfaces: each line is given to /bin/sh by -c, which refuses it where that is denied',
    open: 'the file is a table that a process of root reads; nothing asks whether it may be executed',
  },
  {
    id: 'busybox/libraries',
    kind: 'environment',
    verdict: 'files-only',
    why: 'LD_PRELOAD and LD_LIBRARY_PATH name objects: ld.so opens them; a noexec mount stops it, but a missing execute permission does not',
    open: 'the dynamic linker opens them, before busybox can ask; busybox-static has none',
  },
];
