import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../src/package.ts';
import { defineTarget } from '../../src/target/define.ts';
import { lockFrom } from '../../src/target/read-locks.ts';
import { has } from '../../src/target/capabilities.ts';
import type { Edit, Opener, Rule, Target } from '../../src/target/contract.ts';

const c = { files: /\.[ch]$/, lang: 'c' } as const;
const python = { files: /\.py$/, lang: 'python', as: 'callee', gives: 'object' } as const;

const openers: readonly Opener[] = [
  { ...c, token: /toy_open_code/, as: 'callee', gives: 'fd', rewritten: true },
  { ...c, token: /ToyIO_openn(?=\(aTOY_ ":", "rx")/, as: 'callee', gives: 'handle', rewritten: true },
  { ...c, token: /ToyIO_openn/, as: 'callee', gives: 'handle' },
  { ...c, token: /&ID\(open_code\)/, as: 'argument', gives: 'object', rewritten: true },
  { ...c, token: /&ID\(open\)/, as: 'argument', gives: 'object' },
  { ...c, token: /open(?:at)?|creat/, as: 'callee', gives: 'fd' },
  { ...c, token: /fopen/, as: 'callee', gives: 'FILE' },
  { ...python, token: /open_code/, rewritten: true },
  { ...python, token: /open/ },
];

/** The lock of 1.2 lies beside the tree. */
const lock = join(packageFolder, 'test', 'toy', 'locks', '1.2.lock');

const rules: readonly Rule[] = [
  {
    id: 'load',
    places: [{ files: { 'src/load.h': 'LOAD_FILE' } }],
    verdict: 'mark',
    roles: ['script'],
    why: 'the body of a macro by which scripts are loaded',
  },
  {
    id: 'stream',
    places: [{ files: { 'src/io.c': 'script_stream' } }],
    verdict: 'mark',
    roles: ['script'],
    why: 'the same call twice, its arguments glued by a macro that hides a comma',
  },
  {
    id: 'eval',
    places: [{ files: { 'src/eval.c': 'eval_file' } }],
    verdict: 'mark',
    roles: ['module', 'startup'],
    why: 'a function as before ANSI; a statement is put behind the call',
  },
  {
    id: 'import',
    places: [{ files: { 'src/module.c': 'import_module' } }],
    verdict: 'mark',
    roles: ['module'],
    why: 'calls nothing that is named open',
  },
  {
    id: 'runpath',
    places: [{ files: { 'lib/runpath.py': 'run' } }],
    verdict: 'mark',
    roles: ['script'],
    why: 'read and given to exec',
  },
  {
    id: 'settings',
    places: [{ files: { 'src/config.c': 'read_settings' } }],
    verdict: 'policy',
    default: 'exempt',
    roles: ['config'],
    why: 'settings may hold commands; opened through the alias SYS_OPENER',
  },
  {
    id: 'helper',
    places: [{ files: { 'src/opencode.c': '...' } }],
    verdict: 'exempt',
    roles: ['script'],
    why: "the helper's own plain open",
  },
  {
    id: 'alias',
    places: [{ files: { 'src/toy.h': 'SYS_OPENER' } }],
    verdict: 'exempt',
    roles: ['data'],
    why: 'a name for open: where it is used is a site',
  },
  {
    id: 'builtin',
    places: [{ files: { 'src/builtins.c': '...' }, state: 'plain' }],
    verdict: 'exempt',
    roles: ['data'],
    why: 'the language has a function open: its files are data',
  },
  {
    id: 'code-builtin',
    places: [{ files: { 'src/builtins.c': '...' }, state: 'rewritten' }],
    verdict: 'exempt',
    roles: ['module'],
    why: 'the helper as a function of the language',
  },
  {
    id: 'data',
    places: [
      {
        files: {
          'src/io.c': 'data_stream',
          'src/module.c': 'import_data',
          'lib/runpath.py': 'log',
          'lib/store.py': '...',
        },
      },
    ],
    verdict: 'exempt',
    roles: ['data'],
    why: 'data for the program',
  },
  {
    id: 'output',
    places: [{ files: { 'src/eval.c': 'note_file', 'src/config.c': 'write_settings' } }],
    verdict: 'exempt',
    roles: ['output'],
    why: 'written',
  },
];

const edits: readonly Edit[] = [
  { patch: 'helper', create: 'src/opencode.c', template: 'opencode.c.ejs' },
  {
    patch: 'helper',
    file: 'MANIFEST',
    changes: [{ find: /(?:^src\/[\w.]+\t+f\n)+/m, put: 'sorted', text: 'src/opencode.c\tf\n' }],
  },
  {
    patch: 'helper',
    file: 'Makefile',
    changes: [{ find: 'src/module.o', put: 'after', text: ' src/opencode.o' }],
  },
  {
    patch: 'helper',
    file: 'tests/run',
    changes: [{ find: '\tfiles\n', put: 'before', text: '\tcode \\\n' }],
  },
  {
    patch: 'helper',
    file: 'src/toy.h',
    changes: [
      {
        find: /^extern int toy_denied (.*);\n/m,
        put: 'before',
        text: (_match, release) =>
          `extern int toy_open_code ${has(release, 'prototypes') ? '(const char *, int)' : '()'};\n` +
          '#define TOY_CODE_OPTION 1\n' +
          `extern int toy_interactive_denied ${has(release, 'prototypes') ? '(int)' : '()'};\n`,
      },
    ],
  },
  {
    patch: 'helper',
    file: 'src/builtins.c',
    changes: [
      {
        find: 'static struct builtin builtins[] = {\n',
        put: 'after',
        text: '  { "code", (int (*) ()) toy_open_code },\n',
      },
    ],
  },
  // For a tree that has what this one has not: not looked at.
  {
    patch: 'helper',
    where: 'plugins',
    file: 'src/missing.c',
    changes: [{ find: 'nothing', put: 'replace', text: '' }],
  },
  {
    patch: 'script',
    rule: 'load',
    scope: 'call',
    changes: [
      { find: /^open /, put: 'replace', text: 'toy_open_code ' },
      { find: '\\\n\t\t\t O_RDONLY', put: 'replace', text: '\\\n\t\t\t\t  O_RDONLY' },
    ],
  },
  {
    patch: 'script',
    rule: 'stream',
    scope: 'call',
    changes: [{ find: '"r"', put: 'replace', text: '"rx"' }],
  },
  {
    patch: 'module',
    rule: 'eval',
    scope: 'statement',
    changes: [
      { find: /open(?= \()/, put: 'replace', text: 'toy_open_code' },
      { find: /;$/, put: 'after', text: '\n  toy_note (name, fd);' },
    ],
  },
  {
    patch: 'module',
    rule: 'import',
    scope: 'call',
    changes: [
      { find: '&ID(open)', put: 'replace', text: '&ID(open_code)' },
      { find: /"ss",\s+path, "rb"/, put: 'replace', text: '"s", path' },
    ],
  },
  {
    patch: 'module',
    rule: 'runpath',
    scope: 'call',
    changes: [
      {
        find: /^open\((\w+)\)$/,
        put: 'replace',
        text: (match) => `io.open_code(os.path.abspath(${match[1] ?? ''}))`,
      },
    ],
  },
  {
    patch: 'module',
    file: 'lib/runpath.py',
    changes: [{ find: /(?:^import \w+\n)+/m, put: 'sorted', text: 'import io\n' }],
  },
  {
    patch: 'config',
    rule: 'settings',
    scope: 'call',
    changes: [{ find: 'SYS_OPENER', put: 'replace', text: 'toy_open_code' }],
  },
  {
    patch: 'entries',
    file: 'src/main.c',
    owner: 'main',
    changes: [
      {
        find: '      int status;\n\n',
        put: 'after',
        text: '      if (toy_interactive_denied (TOY_CODE_OPTION))\n        return 126;\n',
      },
    ],
  },
];

/** An interpreter that nobody wrote, with every shape of edit. */
export const target: Target = defineTarget({
  name: 'toy',
  templates: 'test/toy/templates',
  releases: [
    {
      version: '1.2',
      capabilities: ['prototypes'],
      date: '2024-02-29',
      tarball: { file: 'toy-1.2.tar.gz', sha256: '0'.repeat(64), urls: [] },
    },
  ],
  capabilities: [
    {
      id: 'prototypes',
      what: 'Functions are declared with prototypes.',
      file: ['src/none.h', 'src/toy.h'],
      has: /^extern int toy_denied \(\w/m,
    },
    { id: 'plugins', what: 'It has plugins.', file: 'src/missing.c' },
  ],
  recognise: (tree) => (tree.has('src/toy.h') ? tree.read('VERSION').trim() : undefined),
  language: (file) => (/\.[ch]$/.test(file) ? 'c' : file.endsWith('.py') ? 'python' : undefined),
  notShipped: [{ files: /^tests\//, why: 'the test suite' }],
  masks: [],
  dead: [/^defined \(TOY_VMS\)$/],
  openers,
  evaluates: { c: ['eval_text'], python: ['exec'] },
  locks: {
    releases: ['1.2'],
    of: (release) =>
      release === '1.2' ? [lockFrom(readFileSync(lock, 'utf8'), 'locks/1.2.lock', 'toy')] : [],
  },
  wrappers: [
    { file: 'src/eval.c', name: 'eval_file', why: 'runs the file itself: the open in it is marked' },
    { file: 'src/load.h', name: 'LOAD_FILE', why: 'the open in its body is marked, wherever it is used' },
  ],
  rules,
  patches: [
    { id: 'helper', subject: 'toy: add toy_open_code', needs: [], message: 'helper.message.ejs' },
    {
      id: 'script',
      subject: 'io: open scripts with toy_open_code',
      needs: ['helper'],
      message: 'script.message.ejs',
    },
    {
      id: 'module',
      subject:
        'eval, module, lib: open what is evaluated and imported as code, too long a subject for a name',
      needs: ['helper'],
      message: 'module.message.ejs',
    },
    {
      id: 'config',
      subject: 'config: open settings with toy_open_code',
      needs: ['helper'],
      optional: 'config',
      offByDefault: true,
      message: 'config.message.ejs',
    },
    {
      id: 'entries',
      subject: 'main: refuse -e where it is denied',
      needs: ['helper'],
      optional: 'entries',
      message: 'entries.message.ejs',
    },
  ],
  cover: { subject: 'toy: ask the kernel before files are run', message: 'cover-letter.ejs' },
  edits,
  entries: [
    {
      ...{ id: 'toy/-e', kind: 'snippet', verdict: 'refuse-when-denied', patch: 'entries' },
      why: 'the argument of -e is run',
    },
  ],
  questions: [{ call: /toy_interactive_denied \(TOY_\w+\)/, allows: '0' }],
  build: { configure: [], make: ['make'], binary: 'toy', packages: [] },
  copyright: 'nobody',
  license: '0BSD',
});
