import type { Entry } from '../../src/target/contract.ts';

/** Ways in for code that comes from no file with a name. */
export const entries: readonly Entry[] = [
  {
    id: 'dash/-c',
    kind: 'snippet',
    verdict: 'refuse-when-denied',
    why: 'dash runs the argument of -c',
    patch: 'commands',
  },
  {
    id: 'dash/interactive',
    kind: 'interactive',
    verdict: 'refuse-when-denied',
    why: 'commands typed at a prompt, also behind `-c` or in a shell that an error has brought back to its prompt',
    patch: 'commands',
  },
  {
    id: 'dash/stdin',
    kind: 'stdin',
    verdict: 'check-descriptor',
    why: 'commands from standard input: -s, a pipe, `sh < file`, `exec < file` in a shell that reads commands there, `set -s` behind -c',
    patch: 'commands',
  },
  {
    id: 'dash/expanded-names',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'an interactive dash expands the value of ENV, with command substitutions, before it opens the file',
    patch: 'environment',
  },
  {
    id: 'dash/prompts',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'dash expands PS1, PS2 and PS4 from the environment, with command substitutions',
    patch: 'environment',
  },
  {
    id: 'dash/trace',
    kind: 'snippet',
    verdict: 'refuse-when-denied',
    why: '-x, -o xtrace: dash writes PS4 and arguments to the standard error, and a script may evaluate what it finds there',
    patch: 'environment',
  },
  {
    id: 'dash/editor',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'with libedit, fc runs FCEDIT or EDITOR as a command, and then what that writes to the file',
    patch: 'commands',
  },
  {
    id: 'dash/history',
    kind: 'interactive',
    verdict: 'refuse-when-denied',
    why: 'with libedit, fc -s runs lines of the history once more; it holds what was typed, and no file is read into it',
    patch: 'commands',
  },
  {
    id: 'dash/locales',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'LOCPATH names a folder of locales: from 0.5.13 on a locale says which characters are blanks in a script',
    patch: 'environment',
  },
  {
    id: 'dash/libraries',
    kind: 'environment',
    verdict: 'files-only',
    why: 'LD_PRELOAD and LD_LIBRARY_PATH name objects, and so does GCONV_PATH from 0.5.13 on, for a locale whose characters need a converter: ld.so opens them; a noexec mount stops it, but a missing execute permission does not',
    open: 'the dynamic linker opens them, before the shell can ask',
  },
];
