import type { Ways } from '../../src/target/catalogue.ts';

/** How Lua answers the catalogue of ways in. */
export const ways: Ways = {
  script: {
    shown: [
      'script',
      'script-absolute',
      'script-strange',
      'script-options',
      'script-ignoring',
      'script-dash',
      'script-then-prompt',
      'closed-input',
      'long-script',
    ],
  },
  path: { not: 'Lua opens a script by the name that it is given, and looks for none in PATH' },
  executable: { shown: ['interpreter-line'] },
  link: { shown: ['symbolic-link', 'hard-link'] },
  inner: { shown: ['inner-script'] },
  sourced: { shown: ['dofile', 'loadfile', 'loadfile-text', 'loadfile-fails', 'searchpath'] },
  module: {
    shown: [
      'require',
      'require-folder',
      'require-set',
      'require-fails',
      'module-option',
      'module-option-glued',
    ],
  },
  search: { shown: ['search', 'search-unreadable'] },
  compiled: { shown: ['chunk', 'chunk-line'] },
  archive: { not: 'Lua reads no archives, and runs no folders' },
  startup: { not: 'Lua runs no file because of where it lies: LUA_INIT names one' },
  'startup-variable': {
    shown: ['init-file', 'init-file-version', 'init-ignored', 'lua-path', 'lua-path-version'],
    entries: ['lua/paths'],
  },
  settings: {
    not: "Lua has no settings; readline's keys only type what the user at the terminal could",
  },
  tool: {
    not: 'debug.debug() reads the standard input, and luac, the compiler, runs nothing: the variant luac shows that it opens what it compiles as code',
  },
  loadable: { shown: ['c-module', 'c-library', 'c-library-missing'], entries: ['lua/libraries'] },
  descriptor: { shown: ['dev-fd', 'proc-self-fd', 'dev-stdin'] },
  nameless: { shown: ['nameless'] },
  fifo: { shown: ['named-pipe'] },
  pipe: { shown: ['pipe'] },
  race: { shown: ['rename-race', 'chunk-exchanged'] },
  option: { shown: ['text', 'text-glued', 'text-second', 'text-script'], entries: ['lua/-e'] },
  'stdin-tty': { shown: ['stdin-tty'], entries: ['lua/stdin'] },
  'stdin-pipe': { shown: ['stdin-pipe', 'stdin-chunk'], entries: ['lua/stdin'] },
  'stdin-file': {
    shown: ['stdin-file', 'stdin-none', 'stdin-dofile', 'stdin-loadfile', 'stdin-rest', 'stdin-rest-read'],
    entries: ['lua/stdin'],
  },
  interactive: {
    shown: ['prompt', 'prompt-option', 'prompt-pipe', 'prompt-file', 'prompt-rest', 'debug', 'debug-file'],
    entries: ['lua/prompt', 'lua/debug'],
  },
  environment: { shown: ['init', 'init-version', 'environment'], entries: ['lua/init'] },
  history: { not: 'readline keeps what was typed while lua runs, and lua writes and reads no file of it' },
  catalogue: { not: 'Lua has no messages in other languages' },
  handed: { shown: ['evaluated'] },
  data: { shown: ['data', 'commands', 'input-data', 'version'] },
  errors: { shown: ['script-missing', 'script-unreadable', 'script-too-long', 'directory'] },
  terminal: { shown: ['terminal'] },
  surroundings: { shown: ['many-files', 'few-descriptors', 'chroot'] },
  'old-kernel': { shown: ['old-kernel'] },
};
