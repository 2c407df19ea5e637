import type { Edit } from '../../../src/target/contract.ts';

/** The one call by which io.open_code opens: its function, and what stands for _io.open in it. */
const OPEN_CODE =
  /^ {12}f = (_?PyObject_\w+)\((open|iomod, &(?:_Py_ID\(open\)|PyId_open)), "Os",\s+path, "rb"\);\n/m;

/** How io.open_code() opens. */
export const openCode: readonly Edit[] = [
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
    ],
  },
];
