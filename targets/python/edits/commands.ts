import type { Edit } from '../../../src/target/contract.ts';

/** The names in main.c and pdb.py differ from release to release. */
export const commands: readonly Edit[] = [
  {
    patch: 'commands',
    where: '!internal-openers',
    file: 'Modules/main.c',
    changes: [
      {
        find: /^#include "pycore_initconfig\.h" {4}\/\/ _PyArgv\n/m,
        put: 'before',
        text: '#include "pycore_fileutils.h"     // _Py_code_passes()\n',
      },
    ],
  },
  {
    patch: 'commands',
    file: 'Modules/main.c',
    changes: [
      {
        find: /^ {4}pymain_repl\(config, (?:&cf, )?exitcode\);\n/m,
        put: 'replace',
        text: ([call]) => `    if (!prompt_denied) {\n    ${call}    }\n`,
      },
    ],
  },
  {
    patch: 'commands',
    file: 'Python/import.c',
    changes: [
      {
        // The first of those that stand behind it in the alphabet.
        find: /(?<!"pycore_(?:hashtable|import)\.h".*\n)^#include "pycore_(?:hashtable|import|initconfig)\.h".*\n/m,
        put: 'before',
        text: '#include "pycore_fileutils.h"     // _Py_interactive_denied()\n',
      },
    ],
  },
  {
    patch: 'commands',
    file: 'Lib/pdb.py',
    changes: [
      {
        find: /^ {4}def interaction\(self, frame, (?:traceback|tb_or_exc)\):\n/m,
        put: 'after',
        text: "        from _imp import _check_interactive\n        _check_interactive('debugger')\n",
      },
      {
        find: /^ {4}pdb\.rcLines\.extend\(((?:opts\.)?commands)\)\n/m,
        put: 'before',
        text: ([, commands = '']) =>
          `    if ${commands}:\n` +
          '        from _imp import _check_interactive\n' +
          "        _check_interactive('debugger', True)\n",
      },
    ],
  },
  {
    patch: 'commands',
    file: 'Lib/pickle.py',
    changes: [
      {
        // In a function from 3.14 on, and in no branch.
        find: /^( +)(?:parser\.print_help\(\)\n +else:|args = parser\.parse_args\(args\))\n/m,
        put: 'after',
        text: ([, indentation = '']) =>
          `${indentation}import _imp\n${indentation}_imp._check_interactive('pickle')\n`,
      },
    ],
  },
  {
    patch: 'commands',
    where: '!main-has-fileutils',
    file: 'Python/sysmodule.c',
    changes: [
      {
        // The first of those that stand behind it in the alphabet.
        find: /(?<!"pycore_(?:frame|gc|hashtable|import)\.h".*\n)^#include "pycore_(?:frame|gc|hashtable|import|initconfig)\.h".*\n/m,
        put: 'before',
        text: '#include "pycore_fileutils.h"     // _Py_interactive_denied()\n',
      },
    ],
  },
];
