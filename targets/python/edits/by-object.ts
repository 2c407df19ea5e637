import { has } from '../../../src/target/capabilities.js';
import type { Edit } from '../../../src/target/contract.js';
import { fopenCode } from '../source-text.js';

/** A site that opens a file by a name that is an object, by whichever function the tree has for that. */
const opened = (patch: string, rule: string, more: Pick<Edit, 'where'> = {}): readonly Edit[] =>
  (
    [
      ['!public-fopen', /^_Py_fopen_obj/],
      ['public-fopen', /^Py_fopen/],
    ] as const
  ).map(([where, find]) => ({
    patch,
    rule,
    where: [where, ...[more.where ?? []].flat()],
    scope: 'call',
    changes: [{ find, put: 'replace', text: '_Py_fopen_code_obj' }],
  }));

/** What opens the script, PYTHONSTARTUP and the bytecode of a script, where their names are objects. */
export const byObject: readonly Edit[] = [
  ...opened('script', 'script', { where: 'fopen-by-object' }),
  {
    patch: 'script',
    where: 'fopen-by-object',
    file: 'Python/fileutils.c',
    changes: [
      {
        find: /^\/\* Read count bytes from fd into buf\.\n/m,
        put: 'before',
        text: (_match, release) =>
          has(release, 'public-fopen') ? fopenCode.replaceAll('_Py_fopen_obj', 'Py_fopen') : fopenCode,
      },
    ],
  },
  {
    patch: 'script',
    where: ['fopen-by-object', 'internal-openers'],
    file: 'Include/internal/pycore_fileutils.h',
    changes: [
      {
        find: /^(?:PyAPI_FUNC\(FILE \*\)|extern FILE\*) _Py_wfopen\(\n.*\n.*\);\n/m,
        put: 'after',
        text: '\nextern FILE* _Py_fopen_code_obj(\n    PyObject *path,\n    const char *mode);\n',
      },
    ],
  },
  {
    patch: 'script',
    where: ['fopen-by-object', '!internal-openers'],
    file: 'Include/cpython/fileutils.h',
    changes: [
      {
        find: /^PyAPI_FUNC\(FILE ?\*\) _Py_fopen_obj\(\n.*\n.*\);\n/m,
        put: 'after',
        text: '\nPyAPI_FUNC(FILE*) _Py_fopen_code_obj(\n    PyObject *path,\n    const char *mode);\n',
      },
    ],
  },
  {
    patch: 'script',
    where: ['fopen-by-object', 'internal-openers', '!main-has-fileutils'],
    file: 'Modules/main.c',
    changes: [
      {
        find: /^#include "pycore_initconfig\.h".*\n/m,
        put: 'before',
        text: '#include "pycore_fileutils.h"     // _Py_fopen_code_obj()\n',
      },
    ],
  },
  ...opened('startup', 'startup', { where: 'fopen-by-object' }),
  ...opened('bytecode-script', 'bytecode-script'),
];
