// What the bench is measured against: the opens of code in CPython's C, rewritten by Coccinelle. It knows nothing of
// Lib/*.py, and judges no other site.

@@
expression name, mode;
@@
pymain_run_file_obj (...)
{
<...
- _Py_fopen_obj (name, mode)
+ _Py_fopen_code_obj (name, mode)
...>
}

@@
expression name, mode;
@@
pymain_run_startup (...)
{
<...
- _Py_fopen_obj (name, mode)
+ _Py_fopen_code_obj (name, mode)
...>
}

@@
expression name, mode;
@@
_PyRun_SimpleFileObject (...)
{
<...
- _Py_fopen_obj (name, mode)
+ _Py_fopen_code_obj (name, mode)
...>
}

@@
expression module, path;
@@
PyFile_OpenCodeObject (...)
{
<...
  _PyObject_CallMethod (module, &_Py_ID(open),
- "Os", path, "rb"
+ "OsiOOOOO", path, "rb", -1, Py_None, Py_None, Py_None, Py_True, opener
  )
...>
}
