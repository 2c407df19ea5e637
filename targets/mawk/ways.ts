import type { Ways } from '../../src/target/catalogue.ts';

/** mawk compiles the files that its command line names, and no others. */
const ONLY =
  'the command line names every file of a program: mawk has no @include, no modules and no AWKPATH';

/** How mawk answers the catalogue of ways in. */
export const ways: Ways = {
  script: {
    shown: [
      'script',
      'script-absolute',
      'script-glued',
      'script-options',
      'script-strange',
      'exec',
      'exec-short',
      'exec-list',
      'exec-long',
      'second',
      'closed-input',
      'long-script',
    ],
  },
  path: { not: 'mawk opens a program file by the name that it is given, and looks for none in PATH' },
  executable: { shown: ['interpreter-line', 'exec-line'] },
  link: { shown: ['symbolic-link', 'hard-link'] },
  inner: { shown: ['inner-script'] },
  sourced: { not: ONLY },
  module: { not: ONLY },
  search: { not: ONLY },
  compiled: { not: 'mawk keeps nothing compiled' },
  archive: { not: 'mawk reads no archives, and runs no folders' },
  startup: { not: 'mawk has no startup files' },
  'startup-variable': { not: 'MAWK_LONG_OPTIONS, MAWKBINMODE and WHINY_USERS name no files' },
  settings: { not: 'mawk has no settings' },
  tool: { not: 'mawk has no debugger and no library of programs' },
  loadable: {
    open: 'mawk loads nothing by itself; ld.so loads what the environment names, which no series of an interpreter sees',
    entries: ['mawk/libraries'],
  },
  descriptor: { shown: ['dev-fd', 'proc-self-fd', 'dev-stdin'] },
  nameless: { shown: ['nameless'] },
  fifo: { shown: ['named-pipe'] },
  pipe: { shown: ['pipe'] },
  race: { shown: ['rename-race'] },
  option: {
    shown: ['program', 'program-options', 'program-dump', 'format-conversion', 'format-output'],
    entries: ['mawk/program', 'mawk/format'],
  },
  'stdin-tty': { shown: ['stdin-tty'], entries: ['mawk/stdin'] },
  'stdin-pipe': { shown: ['stdin-pipe', 'stdin-second'], entries: ['mawk/stdin'] },
  'stdin-file': { shown: ['stdin-file', 'stdin-rest', 'stdin-exec'], entries: ['mawk/stdin'] },
  interactive: { not: 'mawk has no prompt' },
  environment: { shown: ['environment', 'locale-folder'], entries: ['mawk/locale'] },
  history: { not: 'mawk has no history' },
  catalogue: { not: 'mawk has no messages in other languages' },
  handed: { not: 'mawk takes no code from other processes, and evaluates no text: AWK has no eval' },
  data: {
    shown: [
      'data',
      'commands',
      'no-evaluation',
      'format-number',
      'format-length',
      'format-percent',
      'records-from-stdin',
    ],
  },
  errors: { shown: ['script-missing', 'script-unreadable', 'script-too-long', 'directory'] },
  terminal: { shown: ['terminal'] },
  surroundings: { shown: ['many-files', 'few-descriptors', 'chroot'] },
  'old-kernel': { shown: ['old-kernel'] },
};
