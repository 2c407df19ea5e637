import type { Entry } from '../../src/target/contract.js';

/** Ways in for code that no file is opened for by name; nothing of this series closes them yet. */
export const entries: readonly Entry[] = [
  {
    id: 'bash/-c',
    kind: 'snippet',
    verdict: 'refuse-when-denied',
    why: 'the argument of -c is run',
  },
  {
    id: 'bash/interactive',
    kind: 'interactive',
    verdict: 'refuse-when-denied',
    why: 'commands typed at a prompt',
  },
  {
    id: 'bash/stdin',
    kind: 'stdin',
    verdict: 'check-descriptor',
    why: 'commands from standard input: -s, a pipe, `bash < file`',
  },
  {
    id: 'bash/functions',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'functions that were exported through the environment (BASH_FUNC_name%%)',
  },
  {
    id: 'bash/expanded-names',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'the values of BASH_ENV and ENV are expanded, command substitution included, before the file is opened',
  },
  {
    id: 'bash/prompts',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'PS0, PS1, PS2, PS4 and PROMPT_COMMAND from the environment are expanded or run',
  },
];
