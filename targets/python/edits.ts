import { has } from '../../src/target/capabilities.js';
import type { Edit, Release } from '../../src/target/contract.js';
import { documentationEdits } from './documentation.js';
import { pathConfigurationEdits } from './edits/path-configuration.js';
import { statics } from './edits/statics.js';
import { byObject } from './edits/by-object.js';
import { wideEdits } from './edits/wide.js';
import { libraryEdits } from './library-edits.js';
import { codeOpener } from './source-text.js';

const HELPER = 'Python/opencode.c';
const METHODS = 'Tools/c-analyzer/cpython/ignored.tsv';

/** The one call by which io.open_code opens: its function, and what stands for _io.open in it. */
const OPEN_CODE =
  /^ {12}f = (_?PyObject_\w+)\((open|iomod, &(?:_Py_ID\(open\)|PyId_open)), "Os",\s+path, "rb"\);\n/m;

/** What is declared of the helper. */
const openCode = (release: Release): string =>
  '/* Python/opencode.c: open a file whose content will be executed. */\n' +
  'extern int _Py_open_code(const char *path, int flags);\n' +
  (has(release, 'bootstrap-python')
    ? '\n/* Set by a program that runs while Python is being built. */\nextern int _Py_code_exempt;\n'
    : '');

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
    where: 'internal-openers',
    file: 'Include/internal/pycore_fileutils.h',
    changes: [
      {
        find: /^(?:PyAPI_FUNC\(FILE \*\)|extern FILE\*) _Py_wfopen\(\n.*\n.*\);\n/m,
        put: 'before',
        text: (_match, release) => `${openCode(release)}\n`,
      },
    ],
  },
  {
    patch: 'helper',
    where: '!internal-openers',
    file: 'Include/internal/pycore_fileutils.h',
    changes: [
      {
        find: /^PyAPI_FUNC\(int\) _Py_GetLocaleconvNumeric\(\n.*\n.*\n.*\);\n/m,
        put: 'after',
        text: (_match, release) => `\n${openCode(release)}`,
      },
    ],
  },
  {
    patch: 'helper',
    where: 'bootstrap-python',
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
  ...statics,

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
    where: 'methods-listed',
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
  ...byObject,
  {
    patch: 'bytecode-script',
    where: ['internal-openers', '!pythonrun-has-fileutils'],
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
