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
  {
    id: 'bash/translations',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'the translation of $"…" is expanded, command substitution included: LANGUAGE, TEXTDOMAIN and TEXTDOMAINDIR name a catalogue, which libc opens as data. The option noexpand_translation (5.2 and later) stops the expansion',
  },
  {
    id: 'bash/libraries',
    kind: 'environment',
    verdict: 'files-only',
    why: 'GCONV_PATH, LOCPATH and LD_LIBRARY_PATH name folders of objects that libc loads: opened by ld.so, stopped by a noexec mount and by no missing x bit',
  },
  {
    id: 'bash/mailpath',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'the message of a file in MAILPATH is expanded when an interactive shell looks for mail',
  },
  {
    id: 'bash/editor',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'FCEDIT, EDITOR and VISUAL are run as commands by fc and edit-and-execute-command, and what they leave in the file is run',
  },
  {
    id: 'bash/shellopts',
    kind: 'environment',
    verdict: 'refuse-when-denied',
    why: 'SHELLOPTS switches on tracing (PS4 is expanded) and history expansion (HISTFILE is read) in a script that asked for neither',
  },
];
