import { has } from '../../../src/target/capabilities.ts';
import type { Edit } from '../../../src/target/contract.ts';

/** The sibling of _Py_fopen_obj, behind it in Python/fileutils.c. */
const fopenCode = `/* Open a file whose content will be executed. Same as _Py_fopen_obj(), but the
   system may refuse to execute the file: see _Py_open_code(). mode must be for
   reading.

   On error, raise an exception and return NULL with errno set. */
FILE*
_Py_fopen_code_obj(PyObject *path, const char *mode)
{
#ifndef __linux__
    return _Py_fopen_obj(path, mode);
#else
    PyObject *bytes;
    FILE *f = NULL;
    int fd, async_err = 0;

    assert(PyGILState_Check());
    assert(mode[0] == 'r' && strchr(mode, '+') == NULL);

    if (!PyUnicode_FSConverter(path, &bytes)) {
        return NULL;
    }

    if (PySys_Audit("open", "Osi", path, mode, 0) < 0) {
        Py_DECREF(bytes);
        return NULL;
    }

    do {
        Py_BEGIN_ALLOW_THREADS
        fd = _Py_open_code(PyBytes_AS_STRING(bytes), O_RDONLY | O_CLOEXEC);
        Py_END_ALLOW_THREADS
    } while (fd < 0
             && errno == EINTR && !(async_err = PyErr_CheckSignals()));

    if (fd >= 0) {
        f = fdopen(fd, mode);
    }
    if (f == NULL) {
        int saved_errno = errno;
        if (!async_err) {
            PyErr_SetFromErrnoWithFilenameObject(PyExc_OSError, path);
        }
        if (fd >= 0) {
            close(fd);
        }
        Py_DECREF(bytes);
        errno = saved_errno;
        return NULL;
    }
    Py_DECREF(bytes);
    return f;
#endif
}


`;

/** The siblings of _Py_wfopen and _Py_fopen, behind them in Python/fileutils.c: in 3.9, and for the files that say where the library is. */
const wideCode = `/* Open a file whose content will be executed, to read it in binary mode. Same
   as _Py_wfopen(path, L"rb"), but the system may refuse to execute the file:
   see _Py_open_code().

   If interrupted by a signal, fail with EINTR. */
FILE *
_Py_wfopen_code(const wchar_t *path)
{
#ifndef __linux__
    return _Py_wfopen(path, L"rb");
#else
    FILE *f;
    char *cpath;

    if (PySys_Audit("open", "uui", path, L"rb", 0) < 0) {
        return NULL;
    }
    cpath = _Py_EncodeLocaleRaw(path, NULL);
    if (cpath == NULL) {
        return NULL;
    }
    f = _Py_fopen_code(cpath);
    PyMem_RawFree(cpath);
    return f;
#endif
}

/* Open a file whose content will be executed, to read it in binary mode. Same
   as fopen(pathname, "rb"), but the system may refuse to execute the file: see
   _Py_open_code(). No audit event is raised.

   If interrupted by a signal, fail with EINTR. */
FILE *
_Py_fopen_code(const char *pathname)
{
#ifndef __linux__
    return fopen(pathname, "rb");
#else
    FILE *f;
    int fd = _Py_open_code(pathname, O_RDONLY | O_CLOEXEC);

    if (fd < 0) {
        return NULL;
    }
    f = fdopen(fd, "rb");
    if (f == NULL) {
        int saved_errno = errno;
        close(fd);
        errno = saved_errno;
    }
    return f;
#endif
}

`;

/** What _Py_wfopen_code() and _Py_fopen_code() are put before. */
const WIDE = /^\/\* Open a file\.(?: Call _wfopen\(\) on Windows, or encode the path to the filesystem)?\n/m;

/** What _Py_fopen_code_obj() is put before. */
const BEHIND_OBJECT = /^\/\* Read count bytes from fd into buf\.\n/m;

/** The functions that open code by the name of a file; which patch needs one first differs from tree to tree. */
export const openers: readonly Edit[] = [
  {
    patch: 'script',
    where: '!fopen-by-object',
    file: 'Python/fileutils.c',
    changes: [{ find: WIDE, put: 'before', text: wideCode }],
  },
  {
    patch: 'script',
    where: 'fopen-by-object',
    file: 'Python/fileutils.c',
    changes: [
      {
        find: BEHIND_OBJECT,
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
    patch: 'startup',
    where: '!fopen-by-object',
    file: 'Python/fileutils.c',
    changes: [{ find: BEHIND_OBJECT, put: 'before', text: fopenCode }],
  },
  {
    patch: 'path-configuration',
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
    patch: 'path-configuration',
    where: 'fopen-by-object',
    file: 'Python/fileutils.c',
    changes: [
      {
        find: WIDE,
        put: 'before',
        text: wideCode,
      },
    ],
  },
];
