import type { Rule } from '../../../src/target/contract.js';
import { at, counts, within } from './places.js';

const openCode = within({ 'Objects/fileobject.c': ['PyFile_OpenCodeObject'] });

/** The C of the interpreter and its modules, what is code first. */
export const interpreterRules: readonly Rule[] = [
  {
    id: 'io-open-code-elsewhere',
    when: (site) => openCode(site) && site.guards.includes('!(defined (__linux__))'),
    sites: 0,
    patched: { 'open-code': 1 },
    verdict: 'exempt',
    roles: ['module'],
    why: 'the default of io.open_code on systems without the flag',
  },
  {
    id: 'io-open-code',
    when: openCode,
    sites: 1,
    verdict: 'mark',
    roles: ['module', 'script', 'startup'],
    why: 'the default of io.open_code, through which importlib, zipimport, runpy and site open code: a call of _io.open by its name',
  },
  at(
    {
      'Modules/_io/_iomodule.c': ['_io_open_code_impl'],
      'Objects/fileobject.c': ['PyFile_OpenCode', 'code_opener'],
    },
    {
      id: 'io-open-code-callers',
      sites: 2,
      patched: { 'open-code': 1 },
      verdict: 'mark',
      through: 'open-code',
      roles: ['module', 'script', 'startup'],
      why: 'io.open_code itself, its twin for embedders, and the opener that its default has in a patched tree',
    },
  ),
  at(
    { 'Modules/main.c': ['pymain_run_file_obj', 'pymain_run_file'] },
    {
      id: 'script',
      sites: 1,
      verdict: 'mark',
      roles: ['script'],
      why: 'the script given as argument: parsed and run from this stream',
    },
  ),
  at(
    { 'Modules/main.c': ['pymain_run_startup'] },
    {
      id: 'startup',
      sites: 1,
      verdict: 'mark',
      roles: ['startup'],
      why: 'PYTHONSTARTUP, run before the first prompt',
    },
  ),
  at(
    { 'Python/pythonrun.c': ['_PyRun_SimpleFileObject', '_PyRun_SimpleFile', 'pyrun_simple_file'] },
    {
      id: 'bytecode-script',
      sites: 1,
      verdict: 'mark',
      roles: ['script'],
      why: 'a .pyc given as script, opened again by its name: what was judged before may be another file by now',
    },
  ),
  at(
    { 'Python/opencode.c': ['_Py_open_code', 'open_judged'] },
    {
      id: 'helper',
      sites: 0,
      patched: { helper: 3 },
      verdict: 'exempt',
      roles: ['script'],
      why: "the helper's own plain open, where no kernel mechanism can be asked",
    },
  ),
  at(
    { 'Python/fileutils.c': ['_Py_fopen_code_obj', '_Py_fopen_code', '_Py_wfopen_code'] },
    {
      id: 'script-stream',
      sites: 0,
      patched: {
        script: counts({ '3.9': 5, '3.11': 3, '3.13': 3 }),
        startup: counts({ '3.9': 3 }),
        'path-configuration': counts({ '3.11': 5, '3.13': 5 }),
      },
      verdict: 'exempt',
      roles: ['script'],
      why: 'the open of the script with the flag, the stream over its descriptor, and the plain call on systems without the flag',
    },
  ),
  at(
    {
      'Python/dynload_shlib.c': ['_PyImport_FindSharedFuncptr'],
      'Modules/_ctypes/callproc.c': ['py_dl_open'],
      'Modules/_ctypes/ctypes_dlfcn.h': ['ctypes_dlopen'],
      'Modules/_sqlite/connection.c': ['pysqlite_connection_load_extension_impl', 'pysqlite_load_extension'],
    },
    {
      id: 'loadable',
      sites: counts({ '3.9': 4, '3.11': 4, '3.13': 3 }),
      verdict: 'policy',
      default: 'exempt',
      roles: ['loadable'],
      why: 'extension modules, libraries of ctypes, extensions of SQLite: the file is opened by ld.so, whose mmap a noexec mount refuses; a missing x bit does not stop it',
    },
  ),
  at(
    { 'Python/import.c': ['_imp_create_dynamic_impl'] },
    {
      id: 'loadable-identity',
      sites: 1,
      verdict: 'exempt',
      roles: ['loadable'],
      why: "an extension module's file where the caller gave one as second argument: looked at by fstat, to load nothing twice; importlib gives none",
    },
  ),
  {
    id: 'path-looks',
    when: (site) =>
      site.file === 'Modules/getpath.c' && site.statement.startsWith('FILE *data = _Py_wfopen('),
    sites: 0,
    patched: { 'path-configuration': 1 },
    verdict: 'exempt',
    roles: ['config'],
    why: 'opened and closed unread, to tell a file that may not be executed from one that may not be read',
  },
  at(
    {
      'Modules/getpath.c': [
        'getpath_readlines',
        'calculate_pybuilddir',
        'calculate_open_pyenv',
        'open_configuration',
      ],
    },
    {
      id: 'path-files',
      sites: counts({ '3.9': 3, '3.11': 1, '3.13': 1 }),
      patched: { 'path-configuration': counts({ '3.9': -2 }) },
      verdict: 'policy',
      default: 'exempt',
      roles: ['config'],
      why: 'pyvenv.cfg, ._pth beside the program, pybuilddir.txt: they move sys.path and hold no code; opened as code by the optional patch of role config',
    },
  ),
  at(
    { 'Modules/readline.c': ['readline_read_init_file_impl', 'read_init_file', 'setup_readline'] },
    {
      id: 'inputrc',
      sites: 3,
      verdict: 'policy',
      default: 'exempt',
      roles: ['config'],
      why: 'inputrc, opened by readline: key bindings, and a key bound to a macro can type a statement',
    },
  ),
  at(
    { 'Modules/_tkinter.c': ['_tkinter_tkapp_evalfile_impl'] },
    {
      id: 'tcl-file',
      sites: 1,
      verdict: 'policy',
      default: 'exempt',
      roles: ['script'],
      why: 'a script of Tcl, opened by Tcl',
    },
  ),
  at(
    {
      'Python/errors.c': ['_PyErr_ProgramDecodedTextObject', 'PyErr_ProgramText', 'PyErr_ProgramTextObject'],
      'Python/traceback.c': [
        '_Py_FindSourceFile',
        'display_source_line_with_margin',
        'display_source_line',
        '_Py_DisplaySourceLine',
      ],
    },
    {
      id: 'c-display',
      sites: counts({ '3.9': 4, '3.11': 3, '3.13': 3 }),
      verdict: 'exempt',
      roles: ['data'],
      why: 'source lines that are shown with an error: never compiled',
    },
  ),
  at(
    {
      'Modules/_io/_iomodule.c': ['_io_open_impl'],
      'Modules/_io/fileio.c': ['_io_FileIO___init___impl'],
      'Modules/posixmodule.c': ['os_open_impl'],
      'Python/fileutils.c': ['_Py_open_impl', '_Py_wfopen', '_Py_fopen', '_Py_fopen_obj'],
      'Python/pylifecycle.c': ['init_set_builtins_open'],
    },
    {
      id: 'functions',
      sites: counts({ '3.9': 9, '3.11': 9, '3.13': 8 }),
      verdict: 'exempt',
      roles: ['data'],
      why: 'open(), os.open() and the functions of the C API, which open data and code alike: those who call them decide',
    },
  ),
  at(
    {
      'Include/internal/pycore_global_objects_fini_generated.h': ['_PyStaticObjects_CheckRefcnt'],
      'Include/internal/pycore_runtime_init.h': ['_Py_global_objects_INIT'],
      'Include/internal/pycore_runtime_init_generated.h': ['_Py_str_identifiers_INIT'],
      'Include/internal/pycore_unicodeobject_generated.h': ['_PyUnicode_InitStaticStrings'],
    },
    {
      id: 'interned-name',
      sites: counts({ '3.11': 1, '3.13': 3 }),
      verdict: 'exempt',
      roles: ['data'],
      why: 'the string "open" in the table of interned names',
    },
  ),
  at(
    {
      'Objects/fileobject.c': ['PyFile_FromFd'],
      'Parser/tokenizer.c': ['fp_setreadl', 'fdopen_borrow', 'PyTokenizer_FindEncodingFilename'],
      'Parser/tokenizer/file_tokenizer.c': ['fp_setreadl', 'fdopen_borrow'],
      'Python/pylifecycle.c': ['create_stdio'],
    },
    {
      id: 'descriptors',
      sites: 4,
      verdict: 'exempt',
      roles: ['data'],
      why: 'file objects over descriptors that are open already: standard streams, a source file that was judged when it was opened',
    },
  ),
  at(
    {
      'Modules/_dbmmodule.c': ['newdbmobject'],
      'Modules/_gdbmmodule.c': ['newgdbmobject', 'newdbmobject'],
      'Modules/_sqlite/connection.c': ['pysqlite_connection_init_impl', 'pysqlite_connection_init'],
      'Modules/_ssl.c': [
        '_ssl__SSLContext_load_cert_chain_impl',
        '_ssl__SSLContext_load_verify_locations_impl',
        '_ssl__SSLContext_load_dh_params',
        '_ssl__SSLContext_load_dh_params_impl',
      ],
      'Modules/_zoneinfo.c': ['zoneinfomodule_exec'],
      'Modules/readline.c': ['readline_read_history_file_impl', 'read_history_file'],
    },
    {
      id: 'c-data',
      sites: counts({ '3.9': 11, '3.11': 10, '3.13': 10 }),
      verdict: 'exempt',
      roles: ['data'],
      why: 'databases, certificates and keys, time zones, the history of the prompt',
    },
  ),
  at(
    {
      'Modules/_ssl/debughelpers.c': ['_PySSLContext_set_keylog_filename'],
      'Modules/readline.c': [
        'readline_write_history_file_impl',
        'readline_append_history_file_impl',
        'write_history_file',
        'append_history_file',
      ],
      'Python/perf_jit_trampoline.c': ['perf_map_jit_init'],
      'Python/pylifecycle.c': ['Py_FinalizeEx', '_Py_Finalize'],
      'Python/specialize.c': ['_Py_PrintSpecializationStats'],
      'Python/sysmodule.c': ['PyUnstable_PerfMapState_Init', 'PyUnstable_CopyPerfMapFile'],
    },
    {
      id: 'c-output',
      sites: counts({ '3.9': 5, '3.11': 7, '3.13': 12 }),
      verdict: 'exempt',
      roles: ['output'],
      why: 'written: the key log, the history, maps for perf (with what those of the parent hold), statistics and dumps of debug builds',
    },
  ),
  at(
    {
      'Modules/_cursesmodule.c': ['_curses_window_putwin', '_curses_getwin'],
      'Modules/_multiprocessing/posixshmem.c': ['_posixshmem_shm_open_impl'],
      'Modules/_multiprocessing/semaphore.c': [
        'SEM_CREATE',
        '_multiprocessing_SemLock__rebuild_impl',
        'semlock_rebuild',
      ],
    },
    {
      id: 'c-temporary',
      sites: 5,
      verdict: 'exempt',
      roles: ['temp'],
      why: 'temporary files, shared memory and semaphores',
    },
  ),
  at(
    {
      'Modules/expat/xmlparse.c': ['writeRandomBytes_dev_urandom'],
      'Modules/mmapmodule.c': ['new_mmap_object'],
      'Modules/ossaudiodev.c': ['newossobject', 'newossmixerobject'],
      'Modules/selectmodule.c': ['newDevPollObject'],
      'Python/bootstrap_hash.c': ['dev_urandom'],
    },
    {
      id: 'devices',
      sites: counts({ '3.9': 7, '3.11': 7, '3.13': 5, '3.13.15': 4 }),
      verdict: 'exempt',
      roles: ['data'],
      why: 'devices: random numbers, zeros, sound, polling',
    },
  ),
  at(
    { 'Modules/posixmodule.c': ['os_openpty_impl', 'os_posix_openpt_impl'] },
    {
      id: 'c-terminals',
      sites: counts({ '3.9': 4, '3.11': 4, '3.13': 5, '3.13.15': 6 }),
      verdict: 'exempt',
      roles: ['tty'],
      why: 'pseudo-terminals',
    },
  ),
  at(
    {
      'Modules/_posixsubprocess.c': ['_close_open_fds_safe', '_close_open_fds_maybe_unsafe'],
      'Modules/posixmodule.c': ['_posix_listdir', 'os_scandir_impl'],
    },
    {
      id: 'c-directories',
      sites: 6,
      verdict: 'exempt',
      roles: ['directory'],
      why: 'directories that are listed, /proc/self/fd among them',
    },
  ),
];
