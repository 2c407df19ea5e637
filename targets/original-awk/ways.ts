import type { Ways } from '../../src/target/catalogue.ts';

/** original-awk compiles the files that its command line names, and no others. */
const ONLY =
  'the command line names every file of a program: original-awk has no @include, no modules and no AWKPATH';

/** How original-awk answers the catalogue of ways in. */
export const ways: Ways = {
  script: {
    shown: [
      'script',
      'script-absolute',
      'script-glued',
      'script-options',
      'script-safe',
      'script-debug',
      'script-unknown',
      'script-csv',
      'script-strange',
      'second',
      'middle',
      'closed-input',
      'long-script',
    ],
  },
  path: { not: 'original-awk opens a program file by the name that it is given, and looks for none in PATH' },
  executable: { shown: ['interpreter-line'] },
  link: { shown: ['symbolic-link', 'hard-link'] },
  inner: { shown: ['inner-script'] },
  sourced: { not: ONLY },
  module: { not: ONLY },
  search: { not: ONLY },
  compiled: { not: 'original-awk keeps nothing compiled' },
  archive: { not: 'original-awk reads no archives, and runs no folders' },
  startup: { not: 'original-awk has no startup files' },
  'startup-variable': {
    not: 'POSIXLY_CORRECT, the one variable that original-awk asks for, names no file; those of a locale are no programs',
  },
  settings: { not: 'original-awk has no settings' },
  tool: { not: 'original-awk has no debugger and no library of programs' },
  loadable: {
    open: 'original-awk loads nothing by itself; the C library and ld.so load what the environment names, which no series of an interpreter sees',
    entries: ['original-awk/libraries'],
  },
  descriptor: { shown: ['dev-fd', 'proc-self-fd', 'dev-stdin'] },
  nameless: { shown: ['nameless'] },
  fifo: { shown: ['named-pipe'] },
  pipe: { shown: ['pipe'] },
  race: { shown: ['rename-race'] },
  option: {
    shown: [
      'program',
      'program-options',
      'program-safe',
      'program-debug',
      'program-csv',
      'format-conversion',
      'format-output',
      'array-argv',
      'array-environ',
    ],
    entries: ['original-awk/program', 'original-awk/format'],
  },
  'stdin-tty': { shown: ['stdin-tty'], entries: ['original-awk/stdin'] },
  'stdin-pipe': { shown: ['stdin-pipe', 'stdin-second'], entries: ['original-awk/stdin'] },
  'stdin-file': { shown: ['stdin-file', 'stdin-rest'], entries: ['original-awk/stdin'] },
  interactive: { not: 'original-awk has no prompt' },
  environment: { shown: ['environment', 'locale-folder'], entries: ['original-awk/locale'] },
  history: { not: 'original-awk has no history' },
  catalogue: { not: 'original-awk has no messages in other languages' },
  handed: { not: 'original-awk takes no code from other processes, and evaluates no text: AWK has no eval' },
  data: {
    shown: [
      'data',
      'commands',
      'no-evaluation',
      'format-number',
      'format-length',
      'expressions',
      'records-from-stdin',
      'version',
    ],
  },
  errors: { shown: ['script-missing', 'script-unreadable', 'script-too-long', 'directory'] },
  terminal: { shown: ['terminal'] },
  surroundings: { shown: ['many-files', 'few-descriptors', 'chroot'] },
  'old-kernel': { shown: ['old-kernel'] },
};
