import type { Wrapper } from '../../src/target/contract.ts';

const of = (file: string, why: string, ...names: readonly string[]): readonly Wrapper[] =>
  names.map((name) => ({ file, name, why }));

/** The functions of C that open what other files give them, and whose opens are judged where they are. */
export const wrappers: readonly Wrapper[] = [
  ...of(
    'Python/pythonrun.c',
    'is given a stream that is open already; it opens a .pyc again by its name, and that open is marked',
    ...['PyRun_SimpleFileExFlags', '_PyRun_SimpleFileObject', '_PyRun_SimpleFile'],
  ),
  ...of(
    'Parser/pegen/pegen.c',
    'parses the file itself, whoever names it: the open in it is marked',
    '_PyPegen_run_parser_from_file',
  ),
  ...of(
    'Python/dynload_shlib.c',
    'loads an extension module itself: the open in it is decided for all of them',
    '_PyImport_FindSharedFuncptr',
  ),
  ...of(
    'Python/errors.c',
    'gives one line of a source, to be shown with an error',
    ...['PyErr_ProgramTextObject', '_PyErr_ProgramDecodedTextObject'],
  ),
  ...of(
    'Python/traceback.c',
    'writes source lines of a traceback: they are shown, and never compiled',
    ...['_Py_DisplaySourceLine', '_PyTraceBack_Print', '_PyTraceBack_Print_Indented'],
  ),
  ...of(
    'Python/pylifecycle.c',
    'makes the standard streams of an interpreter, by the numbers of their descriptors',
    ...['Py_InitializeFromConfig', 'Py_NewInterpreterFromConfig'],
  ),
  ...of(
    'Modules/getpath.c',
    'reads pyvenv.cfg and other files of settings itself: where the library is, and no code',
    '_PyPathConfig_Calculate',
  ),
  ...of(
    'Python/ceval_gil.c',
    'runs the script that another process named: the open in it is decided for all who call it',
    '_PyRunRemoteDebugger',
  ),
  ...of(
    'Python/remote_debug.h',
    'is given a process, and opens its maps or its memory: no file whose name others choose',
    ...['search_linux_map_for_section', 'open_proc_mem_fd'],
  ),
  ...of(
    'Python/sysmodule.c',
    'copies the map that perf reads from the process that forked',
    'PyUnstable_CopyPerfMapFile',
  ),
];
