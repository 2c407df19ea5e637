import type { Entry } from '../../src/target/contract.ts';

/** Ways in for code that comes from no file with a name. */
export const entries: readonly Entry[] = [
  {
    id: 'mksh/-c',
    kind: 'snippet',
    verdict: 'refuse-when-denied',
    why: 'mksh runs the argument of -c',
    patch: 'commands',
  },
  {
    id: 'mksh/builtin',
    kind: 'snippet',
    verdict: 'refuse-when-denied',
    why: 'a shell that is called by the name of a builtin runs that with its arguments: eval, let, trap',
    patch: 'commands',
  },
  {
    id: 'mksh/interactive',
    kind: 'interactive',
    verdict: 'refuse-when-denied',
    why: 'commands that are typed at a prompt',
    patch: 'commands',
  },
  {
    id: 'mksh/stdin',
    kind: 'stdin',
    verdict: 'check-descriptor',
    why: 'commands from standard input: -s, a pipe, `mksh < file`, `exec < file` in a shell that reads commands there',
    patch: 'commands',
  },
  {
    id: 'mksh/history',
    kind: 'interactive',
    verdict: 'refuse-when-denied',
    why: 'fc runs lines of the history, which HISTFILE holds, or what the editor of FCEDIT leaves of them',
    patch: 'commands',
  },
  {
    id: 'mksh/prompts',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'mksh expands PS1 and PS4 from the environment, with command substitutions',
    patch: 'environment',
  },
  {
    id: 'mksh/sizes',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'mksh calculates with COLUMNS and LINES from the environment before the script, and an assignment in them sets any variable',
    patch: 'environment',
  },
  {
    id: 'mksh/libraries',
    kind: 'environment',
    verdict: 'files-only',
    why: 'LD_PRELOAD and LD_LIBRARY_PATH name objects: ld.so opens them; a noexec mount stops it, but a missing execute permission does not',
    open: 'the dynamic linker opens them, before the shell can ask',
  },
];
