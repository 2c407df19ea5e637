import type { Edit } from '../../../src/target/contract.js';
import { fopenCode, wideCode } from '../source-text.js';
import { only39 } from '../series.js';

/** What 3.9 has other than later releases, which hold the names of scripts as objects. */
export const wideEdits: readonly Edit[] = [
  {
    patch: 'helper',
    for: only39,
    file: 'Include/internal/pycore_fileutils.h',
    changes: [
      {
        find: /^PyAPI_FUNC\(int\) _Py_GetLocaleconvNumeric\(\n.*\n.*\n.*\);\n/m,
        put: 'after',
        text:
          '\n' +
          '/* Python/opencode.c: open a file whose content will be executed. */\n' +
          'extern int _Py_open_code(const char *path, int flags);\n',
      },
    ],
  },
  {
    patch: 'script',
    for: only39,
    rule: 'script',
    scope: 'call',
    changes: [{ find: /^_Py_wfopen\(filename, L"rb"\)$/, put: 'replace', text: '_Py_wfopen_code(filename)' }],
  },
  {
    patch: 'script',
    for: only39,
    rule: 'parsed-file',
    scope: 'call',
    changes: [{ find: /^fopen\(filename, "rb"\)$/, put: 'replace', text: '_Py_fopen_code(filename)' }],
  },
  {
    patch: 'script',
    for: only39,
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
    for: only39,
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
    for: only39,
    rule: 'startup',
    scope: 'call',
    changes: [
      { find: /^_Py_fopen\(startup, "r"\)$/, put: 'replace', text: '_Py_fopen_code_obj(startup_obj, "r")' },
    ],
  },
  {
    patch: 'startup',
    for: only39,
    file: 'Python/fileutils.c',
    changes: [{ find: /^\/\* Read count bytes from fd into buf\.\n/m, put: 'before', text: fopenCode }],
  },
  {
    patch: 'startup',
    for: only39,
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
    for: only39,
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
    for: only39,
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
