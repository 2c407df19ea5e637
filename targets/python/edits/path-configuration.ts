import type { Edit } from '../../../src/target/contract.js';
import { wideCode } from '../source-text.js';

const PATCH = 'path-configuration';

/** What is written in C passes over a file that it cannot open, in three places; one function tells what was refused. */
const configurationOpener = `/* Open a file that says where the library is, as code. One that can be read
   and may not be executed is an error; *file_p is NULL for others that cannot
   be opened. */
static PyStatus
open_configuration(const wchar_t *filename, FILE **file_p)
{
    *file_p = _Py_wfopen_code(filename);
    if (*file_p == NULL && errno == EACCES) {
        FILE *data = _Py_wfopen(filename, L"rb");
        if (data != NULL) {
            fclose(data);
            return _PyStatus_ERR("a file of the path configuration may not be "
                                 "executed");
        }
    }
    return _PyStatus_OK();
}


`;

const IF_ERROR = `    if (_PyStatus_EXCEPTION(status)) {
        return status;
    }
`;

/** pyvenv.cfg and ._pth, which move sys.path: opened as code by a patch of its own. */
export const pathConfigurationEdits: readonly Edit[] = [
  {
    patch: PATCH,
    where: 'getpath-in-python',
    rule: 'path-files',
    scope: 'call',
    changes: [{ find: /^_Py_wfopen\(path, L"rb"\)$/, put: 'replace', text: '_Py_wfopen_code(path)' }],
  },
  {
    patch: PATCH,
    where: 'getpath-in-python',
    file: 'Modules/getpath.c',
    changes: [
      {
        find: /^ {4}FILE \*fp = _Py_wfopen\(path, L"rb"\);\n/m,
        put: 'after',
        text: `    if (!fp && errno == EACCES) {
        // One that can be read and may not be executed is an error.
        FILE *data = _Py_wfopen(path, L"rb");
        if (data) {
            fclose(data);
            PyMem_Free((void *)path);
            return PyErr_Format(PyExc_RuntimeError,
                                "%U may not be executed", pathobj);
        }
        errno = EACCES;
    }
`,
      },
    ],
  },
  {
    patch: PATCH,
    where: 'fopen-by-object',
    file: 'Include/internal/pycore_fileutils.h',
    changes: [
      {
        find: /^(?:PyAPI_FUNC\(int\)|extern int) _Py_GetLocaleconvNumeric\(\n/m,
        put: 'before',
        text:
          'extern FILE* _Py_wfopen_code(const wchar_t *path);\n' +
          '\n' +
          'extern FILE* _Py_fopen_code(const char *pathname);\n' +
          '\n',
      },
    ],
  },
  {
    patch: PATCH,
    where: 'fopen-by-object',
    file: 'Python/fileutils.c',
    changes: [
      {
        find: /^\/\* Open a file\.(?: Call _wfopen\(\) on Windows, or encode the path to the filesystem)?\n/m,
        put: 'before',
        text: wideCode,
      },
    ],
  },
  {
    patch: PATCH,
    where: '!getpath-in-python',
    rule: 'path-files',
    scope: 'statement',
    changes: [
      {
        find: /^(?:(FILE \*fp) = _Py_wfopen\(filename, L"rb"\)|\*env_file_p = _Py_wfopen\(filename, L"r"\));$/,
        put: 'replace',
        text: ([, declared]) =>
          declared === undefined
            ? 'status = open_configuration(filename, env_file_p);'
            : `${declared};\n    status = open_configuration(filename, &fp);`,
      },
    ],
  },
  {
    patch: PATCH,
    where: '!getpath-in-python',
    file: 'Modules/getpath.c',
    changes: [
      { find: /^static PyStatus\ncalculate_pybuilddir\(/m, put: 'before', text: configurationOpener },
      {
        find: /(?<=^ {4}FILE \*fp = _Py_wfopen\(filename, L"rb"\);\n {4}PyMem_RawFree\(filename\);\n)(?= {4}if \(fp == NULL\) \{\n {8}errno = 0;\n {8}return _PyStatus_OK\(\);\n)/m,
        put: 'after',
        text: IF_ERROR,
      },
      {
        find: /^ {4}\*env_file_p = NULL;\n/m,
        put: 'before',
        text: '    PyStatus status;\n\n',
      },
      {
        find: /(?<=^ {4}\*env_file_p = _Py_wfopen\(filename, L"r"\);\n {4}PyMem_RawFree\(filename\);\n)(?=\n {4}if \(\*env_file_p != NULL\))/m,
        put: 'after',
        text: IF_ERROR,
      },
      {
        find: /(?<=^ {4}\*env_file_p = _Py_wfopen\(filename, L"r"\);\n {4}PyMem_RawFree\(filename\);\n)(?=\n {4}if \(\*env_file_p == NULL\))/m,
        put: 'after',
        text: IF_ERROR,
      },
    ],
  },
  {
    patch: PATCH,
    rule: 'venv',
    scope: 'call',
    changes: [
      {
        find: /^open\(virtual_conf, encoding='utf-8'\)$/,
        put: 'replace',
        text: "io.TextIOWrapper(io.open_code(virtual_conf), encoding='utf-8')",
      },
    ],
  },
];
