/** The opener of io.open_code's default, before PyFile_OpenCodeObject in Objects/fileobject.c. */
export const codeOpener = `#ifdef __linux__
/* The opener that PyFile_OpenCodeObject() gives to _io.open(). FileIO calls it
   with the path and the flags, when its audit event is through. */
static PyObject *
code_opener(PyObject *Py_UNUSED(self), PyObject *args)
{
    PyObject *path, *bytes;
    int flags, fd, async_err = 0;

    if (!PyArg_ParseTuple(args, "Oi:code_opener", &path, &flags)) {
        return NULL;
    }
    if (!PyUnicode_FSConverter(path, &bytes)) {
        return NULL;
    }

    do {
        Py_BEGIN_ALLOW_THREADS
        fd = _Py_open_code(PyBytes_AS_STRING(bytes), flags);
        Py_END_ALLOW_THREADS
    } while (fd < 0
             && errno == EINTR && !(async_err = PyErr_CheckSignals()));
    if (fd < 0 && !async_err) {
        PyErr_SetFromErrnoWithFilenameObject(PyExc_OSError, path);
    }
    Py_DECREF(bytes);
    if (fd < 0) {
        return NULL;
    }

    PyObject *result = PyLong_FromLong(fd);
    if (result == NULL) {
        close(fd);
    }
    return result;
}

static PyMethodDef code_opener_def = {
    "code_opener", code_opener, METH_VARARGS, NULL
};
#endif

`;

/** The sibling of _Py_fopen_obj, behind it in Python/fileutils.c. */
export const fopenCode = `/* Open a file whose content will be executed. Same as _Py_fopen_obj(), but the
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
export const wideCode = `/* Open a file whose content will be executed, to read it in binary mode. Same
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
