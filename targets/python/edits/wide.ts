import type { Edit } from '../../../src/target/contract.js';
import { fopenCode, wideCode } from '../source-text.js';

/** What is other where the names of scripts are wide characters, and where importlib is frozen by hand. */
export const wideEdits: readonly Edit[] = [
  {
    patch: 'script',
    where: '!fopen-by-object',
    rule: 'script',
    scope: 'call',
    changes: [{ find: /^_Py_wfopen\(filename, L"rb"\)$/, put: 'replace', text: '_Py_wfopen_code(filename)' }],
  },
  {
    patch: 'script',
    where: 'parser-opens-files',
    rule: 'parsed-file',
    scope: 'call',
    changes: [{ find: /^fopen\(filename, "rb"\)$/, put: 'replace', text: '_Py_fopen_code(filename)' }],
  },
  {
    patch: 'script',
    where: '!fopen-by-object',
    file: 'Python/fileutils.c',
    changes: [
      {
        find: /^\/\* Open a file\. Call _wfopen\(\) on Windows, or encode the path to the filesystem\n/m,
        put: 'before',
        text: wideCode,
      },
    ],
  },
  {
    patch: 'script',
    where: '!fopen-by-object',
    file: 'Include/cpython/fileutils.h',
    changes: [
      {
        find: /^PyAPI_FUNC\(FILE \*\) _Py_wfopen\(\n.*\n.*\);\n/m,
        put: 'after',
        text: '\nPyAPI_FUNC(FILE *) _Py_wfopen_code(\n    const wchar_t *path);\n',
      },
      {
        find: /^PyAPI_FUNC\(FILE\*\) _Py_fopen\(\n.*\n.*\);\n/m,
        put: 'after',
        text: '\nPyAPI_FUNC(FILE *) _Py_fopen_code(\n    const char *pathname);\n',
      },
    ],
  },
  {
    patch: 'startup',
    where: '!fopen-by-object',
    rule: 'startup',
    scope: 'call',
    changes: [
      { find: /^_Py_fopen\(startup, "r"\)$/, put: 'replace', text: '_Py_fopen_code_obj(startup_obj, "r")' },
    ],
  },
  {
    patch: 'startup',
    where: '!fopen-by-object',
    file: 'Python/fileutils.c',
    changes: [{ find: /^\/\* Read count bytes from fd into buf\.\n/m, put: 'before', text: fopenCode }],
  },
  {
    patch: 'startup',
    where: '!fopen-by-object',
    file: 'Include/cpython/fileutils.h',
    changes: [
      {
        find: /^PyAPI_FUNC\(FILE\*\) _Py_fopen_obj\(\n.*\n.*\);\n/m,
        put: 'after',
        text: '\nPyAPI_FUNC(FILE*) _Py_fopen_code_obj(\n    PyObject *path,\n    const char *mode);\n',
      },
    ],
  },
  {
    patch: 'importlib',
    where: 'importlib-header',
    file: 'Makefile.pre.in',
    changes: [
      {
        // The header that the tree has was made by its maintainers, and nothing of a build makes it anew.
        find: /^Python\/frozen\.o: \$\(srcdir\)\/Python\/importlib\.h \$\(srcdir\)\/Python\/importlib_external\.h \\\n/m,
        put: 'replace',
        text:
          'Python/importlib_external_built.h: Programs/_freeze_importlib \\\n' +
          '\t\t$(srcdir)/Lib/importlib/_bootstrap_external.py\n' +
          '\t./Programs/_freeze_importlib importlib._bootstrap_external \\\n' +
          '\t    $(srcdir)/Lib/importlib/_bootstrap_external.py $@.new\n' +
          '\tmv $@.new $@\n' +
          '\n' +
          'Python/frozen.o: $(srcdir)/Python/importlib.h Python/importlib_external_built.h \\\n',
      },
      {
        find: /^\t-rm -f Programs\/_testembed Programs\/_freeze_importlib\n/m,
        put: 'after',
        text: '\t-rm -f Python/importlib_external_built.h\n',
      },
    ],
  },
  {
    patch: 'importlib',
    where: 'importlib-header',
    file: 'Python/frozen.c',
    changes: [
      {
        find: '#include "importlib_external.h"\n',
        put: 'replace',
        text: '#include "Python/importlib_external_built.h"\n',
      },
    ],
  },
];
