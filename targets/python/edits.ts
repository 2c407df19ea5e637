import type { Edit } from '../../src/target/contract.js';
import { documentationEdits } from './documentation.js';
import { pathConfigurationEdits } from './edits/path-configuration.js';
import { only311, since311 } from './series.js';
import { statics313 } from './edits/statics.js';
import { wideEdits } from './edits/wide.js';
import { libraryEdits } from './library-edits.js';
import { codeOpener, fopenCode } from './source-text.js';

const HELPER = 'Python/opencode.c';
const STATICS = 'Tools/c-analyzer/cpython/globals-to-fix.tsv';
const METHODS = 'Tools/c-analyzer/cpython/ignored.tsv';

/** The one call by which io.open_code opens: its function, and what stands for _io.open in it. */
const OPEN_CODE =
  /^ {12}f = (_?PyObject_\w+)\((open|iomod, &(?:_Py_ID\(open\)|PyId_open)), "Os",\s+path, "rb"\);\n/m;

/** How the opens are rewritten, and what has to be told of a new file in Python/. */
export const edits: readonly Edit[] = [
  { patch: 'helper', create: HELPER, template: 'opencode.c.ejs' },
  {
    patch: 'helper',
    file: 'Makefile.pre.in',
    changes: [
      {
        find: /^\t\tPython\/mystrtoul\.o \\\n(?:\t\tPython\/object_stack\.o \\\n)?/m,
        put: 'after',
        text: '\t\tPython/opencode.o \\\n',
      },
    ],
  },
  {
    patch: 'helper',
    for: since311,
    file: 'Include/internal/pycore_fileutils.h',
    changes: [
      {
        find: /^(?:PyAPI_FUNC\(FILE \*\)|extern FILE\*) _Py_wfopen\(\n.*\n.*\);\n/m,
        put: 'before',
        text:
          '/* Python/opencode.c: open a file whose content will be executed. */\n' +
          'extern int _Py_open_code(const char *path, int flags);\n' +
          '\n' +
          '/* Set by a program that runs while Python is being built. */\n' +
          'extern int _Py_code_exempt;\n' +
          '\n',
      },
    ],
  },
  {
    patch: 'helper',
    for: since311,
    file: 'Programs/_bootstrap_python.c',
    changes: [
      {
        find: /^#include "pycore_import\.h".*\n/m,
        put: 'before',
        text: '#include "pycore_fileutils.h"     // _Py_code_exempt\n',
      },
      {
        find: '    PyStatus status;\n\n    PyConfig config;\n',
        put: 'before',
        text:
          "    // The scripts of the build are code under the system's policy, not under\n" +
          '    // the one that is being built in.\n' +
          '    _Py_code_exempt = 1;\n\n',
      },
    ],
  },
  ...statics313,
  {
    patch: 'helper',
    for: only311,
    file: STATICS,
    changes: [
      {
        find: /^Python\/bootstrap_hash\.c\tpy_getrandom\tgetrandom_works\t-\n/m,
        put: 'after',
        text: 'Python/opencode.c\t-\t_Py_code_exempt\t-\n',
      },
      {
        find: /^Python\/fileutils\.c\tset_inheritable\tioctl_works\t-\n/m,
        put: 'after',
        text: 'Python/opencode.c\t-\tmayexec_flag\t-\nPython/opencode.c\tmay_execute\tflags_judged\t-\n',
      },
    ],
  },

  {
    patch: 'open-code',
    rule: 'io-open-code',
    scope: 'owner',
    changes: [
      {
        find: OPEN_CODE,
        put: 'before',
        text: ([, call = '', open = '']) => {
          const first = `                f = ${call}(`;
          const indent = ' '.repeat(first.length);
          return (
            '#ifdef __linux__\n' +
            '            PyObject *opener = PyCFunction_New(&code_opener_def, NULL);\n' +
            '            if (opener) {\n' +
            `${first}${open}, "OsiOOOOO",\n` +
            `${indent}path, "rb", -1, Py_None, Py_None,\n` +
            `${indent}Py_None, Py_True, opener);\n` +
            '                Py_DECREF(opener);\n' +
            '            }\n' +
            '#else\n'
          );
        },
      },
      { find: OPEN_CODE, put: 'after', text: '#endif\n' },
    ],
  },
  {
    patch: 'open-code',
    file: 'Objects/fileobject.c',
    changes: [
      {
        find: /^#include "pycore_runtime\.h" +(?=\/\/)/m,
        put: 'before',
        text: ([include]) =>
          `${'#include "pycore_fileutils.h"  '.padEnd(include.length)}// _Py_open_code()\n`,
      },
      { find: /^PyObject \*\nPyFile_OpenCodeObject\(PyObject \*path\)\n/m, put: 'before', text: codeOpener },
    ],
  },
  {
    patch: 'open-code',
    for: only311,
    file: METHODS,
    changes: [
      {
        find: /^Objects\/fileobject\.c\t-\tstdprinter_methods\t-\n/m,
        put: 'before',
        text: 'Objects/fileobject.c\t-\tcode_opener_def\t-\n',
      },
    ],
  },

  ...wideEdits,
  {
    patch: 'script',
    for: since311,
    rule: 'script',
    scope: 'call',
    changes: [{ find: /^_Py_fopen_obj/, put: 'replace', text: '_Py_fopen_code_obj' }],
  },
  {
    patch: 'script',
    for: since311,
    file: 'Python/fileutils.c',
    changes: [
      {
        find: /^\/\* Read count bytes from fd into buf\.\n/m,
        put: 'before',
        text: fopenCode,
      },
    ],
  },
  {
    patch: 'script',
    for: since311,
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
    for: since311,
    file: 'Modules/main.c',
    changes: [
      {
        find: /^#include "pycore_initconfig\.h".*\n/m,
        put: 'before',
        text: '#include "pycore_fileutils.h"     // _Py_fopen_code_obj()\n',
      },
    ],
  },

  {
    patch: 'startup',
    for: since311,
    rule: 'startup',
    scope: 'call',
    changes: [{ find: /^_Py_fopen_obj/, put: 'replace', text: '_Py_fopen_code_obj' }],
  },
  {
    patch: 'bytecode-script',
    rule: 'bytecode-script',
    scope: 'call',
    changes: [{ find: /^_Py_fopen_obj/, put: 'replace', text: '_Py_fopen_code_obj' }],
  },
  {
    patch: 'bytecode-script',
    for: since311,
    file: 'Python/pythonrun.c',
    changes: [
      {
        find: /^#include "pycore_interp\.h".*\n/m,
        put: 'before',
        text: '#include "pycore_fileutils.h"     // _Py_fopen_code_obj()\n',
      },
    ],
  },

  ...libraryEdits,
  ...documentationEdits,
  ...pathConfigurationEdits,
];
