import type { Ways } from '../../src/target/catalogue.js';

/** How perl answers the catalogue of ways in. */
export const ways: Ways = {
  script: { shown: ['script', 'script-in-text', 'script-with-data'] },
  path: { shown: ['script-in-path'] },
  executable: { shown: ['interpreter-line', 'other-interpreter'] },
  link: { shown: ['links'] },
  inner: { shown: ['inner-script', 'fork', 'threads', 'thread-starts'] },
  sourced: { shown: ['do-file', 'do-warning', 'modules', 'safe'] },
  module: { shown: ['modules', 'option-m', 'command-new', 'autoload', 'own-tables', 'configuration'] },
  search: { shown: ['search'] },
  compiled: { shown: ['compiled-module'] },
  archive: { not: 'it reads no archives, and runs no folders; a module that does is a hook in @INC' },
  startup: {
    open: 'sitecustomize.pl is only in perls that are configured with -Dusesitecustomize, and none is built so',
  },
  'startup-variable': { shown: ['environment'], entries: ['perl/path'] },
  settings: { shown: ['debugger-settings'] },
  tool: {
    shown: ['debugger', 'debugger-library', 'debugger-source', 'debugger-pipe'],
    entries: ['perl/programs'],
  },
  loadable: {
    shown: ['own-tables'],
    entries: ['perl/libraries'],
    lacks: 'an extension of its own without x bits: ld.so opens it, without the flag',
  },
  descriptor: { shown: ['dev-fd', 'proc-self-fd', 'dev-stdin'] },
  nameless: { shown: ['nameless'] },
  fifo: { shown: ['named-pipe'] },
  pipe: { shown: ['dev-fd-pipe'] },
  race: { open: 'no scenario: a file that is exchanged while @INC is searched' },
  option: {
    shown: [
      ...['command', 'command-and-file', 'command-loop', 'command-edits', 'command-feature'],
      ...[
        'code-of-an-option',
        'code-of-a-word',
        'code-of-a-list',
        'code-of-a-backend',
        'code-of-a-prototype',
        'list-of-an-option',
      ],
      ...['code-of-a-pattern', 'code-of-a-string', 'pattern', 'code-of-the-debugger'],
    ],
    entries: ['perl/-e', 'perl/-M', 'perl/-F', 'perl/-d:'],
  },
  'stdin-tty': { shown: ['stdin-tty'], entries: ['perl/stdin'] },
  'stdin-pipe': { shown: ['stdin', 'stdin-pipe'], entries: ['perl/stdin'] },
  'stdin-file': { shown: ['stdin-file', 'stdin-offset'], entries: ['perl/stdin'] },
  interactive: { shown: ['debugger-prompt', 'debugger-terminal'], entries: ['perl/debugger'] },
  environment: {
    shown: [
      ...['code-of-a-variable', 'variable-with-a-list', 'environment', 'readline-module'],
      ...['debugger-text', 'debugger-text-behind', 'debugger-module', 'debugger-options', 'debugger-restart'],
    ],
    entries: ['perl/PERL5OPT', 'perl/PERL5DB', 'perl/PERLDB', 'perl/PERL_RL', 'perl/PERLIO'],
  },
  history: { open: 'no scenario: what the debugger keeps and runs again', entries: ['perl/debugger'] },
  catalogue: { not: 'its messages are not translated' },
  handed: { shown: ['hooks'], entries: ['perl/hooks'] },
  data: { shown: ['data', 'script-with-data', 'command-and-file', 'do-warning'] },
  errors: { shown: ['script-missing', 'script-unreadable', 'module-missing'] },
  terminal: { not: 'it does nothing of its own with a terminal: its debugger is run without one' },
  surroundings: {
    shown: [
      'layers-stdio',
      'layers-unix',
      'layers-crlf',
      'layers-mmap',
      'layers-unix-perlio',
      'layers-via-One',
    ],
  },
  'old-kernel': { shown: ['old-kernel'] },
};
