import type { Capability } from '../../src/target/contract.ts';

const FILEUTILS = 'Include/internal/pycore_fileutils.h';
const ENSUREPIP = 'Lib/ensurepip/__init__.py';
const IGNORED = 'Tools/c-analyzer/cpython/ignored.tsv';

/** The line of a static of fileutils.c, in the table that lists those like it. */
const STATIC = 'Python/fileutils.c\tset_inheritable\tioctl_works\t-\n';

/** What differs from one tree of CPython to another, and the series depends on. */
export const capabilities: readonly Capability[] = [
  {
    id: 'bootstrap-python',
    what: 'An interpreter of its own, _bootstrap_python, runs the scripts of the build.',
    file: 'Programs/_bootstrap_python.c',
  },
  {
    id: 'distutils',
    what: 'The library has distutils.',
    file: 'Lib/distutils/core.py',
  },
  {
    id: 'fopen-by-object',
    what: 'The script is opened by a name that is an object.',
    file: 'Modules/main.c',
    has: 'pymain_run_file_obj(',
  },
  {
    id: 'getpath-in-python',
    what: 'Where the library is, is worked out in Python.',
    file: 'Modules/getpath.py',
  },
  {
    id: 'github-issues',
    what: 'What is new names issues by their number on GitHub.',
    file: ['Misc/NEWS', 'Doc/tools/extensions/pyspecific.py', 'Doc/tools/extensions/issue_role.py'],
    has: /^- gh-|^def gh_issue_role\b|^class GitHubIssue\b/m,
  },
  {
    id: 'imp',
    what: 'The library has imp, and in pkgutil what goes with it.',
    file: 'Lib/imp.py',
  },
  {
    id: 'importlib-header',
    what: 'What is frozen of importlib is a header of the source, which no build makes anew.',
    file: 'Python/importlib_external.h',
  },
  {
    id: 'internal-openers',
    what: 'pycore_fileutils.h declares the functions that open files, which are for the interpreter alone.',
    file: FILEUTILS,
    has: /\b_Py_wfopen\(/,
  },
  {
    id: 'main-has-fileutils',
    what: 'main.c includes pycore_fileutils.h for something of its own.',
    file: 'Modules/main.c',
    has: /^#include "pycore_fileutils\.h"(?! +\/\/ _Py_(?:fopen_code_obj|code_passes))/m,
  },
  {
    id: 'methods-listed',
    what: 'The list of globals that are no state names each definition of a method.',
    file: IGNORED,
    has: 'Objects/fileobject.c\t-\tstdprinter_methods\t-\n',
  },
  {
    id: 'os-helper',
    what: 'The helpers of tests that deal with files are in a module of their own.',
    file: 'Lib/test/support/os_helper.py',
  },
  {
    id: 'parser-opens-files',
    what: 'The parser opens a file that it is given by name.',
    file: 'Parser/pegen/pegen.c',
    has: '_PyPegen_run_parser_from_file(const char *filename',
  },
  {
    id: 'pdb-attaches',
    what: 'The debugger has another process run a script that it writes.',
    file: 'Lib/pdb.py',
    has: 'sys.remote_exec(',
  },
  {
    id: 'pdb-opens-plainly',
    what: 'The debugger reads its script as any file, or does so no more by this series.',
    file: 'Lib/pdb.py',
    has: /with io\.open\(self\) as fp:|# Bytes, which compile\(\) decodes/,
  },
  {
    id: 'profilers-open-code',
    what: 'profile, cProfile and trace open their script by io.open_code of themselves.',
    file: 'Lib/cProfile.py',
    has: 'io.open_code(progname)',
  },
  {
    id: 'prompts-in-python',
    what: 'A prompt that is written in Python runs the file that PYTHONSTARTUP names.',
    file: 'Lib/_pyrepl/main.py',
    has: 'PYTHONSTARTUP',
  },
  {
    id: 'public-fopen',
    what: 'Py_fopen is what opens a file by a name that is an object.',
    file: 'Include/cpython/fileutils.h',
    has: /^PyAPI_FUNC\(FILE ?\*\) Py_fopen\(/m,
  },
  {
    id: 'pythonrun-has-fileutils',
    what: 'pythonrun.c includes pycore_fileutils.h for something of its own.',
    file: 'Python/pythonrun.c',
    has: /^#include "pycore_fileutils\.h"(?! +\/\/ _Py_fopen_code_obj)/m,
  },
  {
    id: 'remote-scripts',
    what: 'A process runs a script whose name another process writes into its memory.',
    file: 'Python/ceval_gil.c',
    has: 'run_remote_debugger_script(',
  },
  {
    id: 'safe-path',
    what: 'The interpreter has the option -P.',
    file: 'Python/initconfig.c',
    has: 'safe_path',
  },
  {
    id: 'sets-inspect',
    what: 'main.c has a function that sets whether a prompt comes after the program.',
    file: 'Modules/main.c',
    has: /^pymain_set_inspect\(/m,
  },
  {
    id: 'statics-ignored',
    what: 'Statics that are set once are listed among the globals that are no state.',
    file: IGNORED,
    has: STATIC,
  },
  {
    id: 'statics-to-fix',
    what: 'Statics that are set once are listed among the globals that are to become state.',
    file: 'Tools/c-analyzer/cpython/globals-to-fix.tsv',
    has: STATIC,
  },
  {
    id: 'traceback-parses-lines',
    what: 'A traceback compiles the lines that it shows, to find a part of them.',
    file: 'Lib/traceback.py',
    has: "ast.parse('\\n'.join(all_lines))",
  },
  {
    id: 'wheel-folder',
    what: 'ensurepip takes wheels from a folder of the system where it is told to.',
    file: ENSUREPIP,
    has: '_WHEEL_PKG_DIR',
  },
  {
    id: 'wheel-paths',
    what: 'ensurepip copies wheels of its own that have a path.',
    file: ENSUREPIP,
    has: 'wheel_path.read_bytes()',
  },
  {
    id: 'wheels-written',
    what: "ensurepip writes each wheel into a file of its own, whose mode is any new file's.",
    file: ENSUREPIP,
    has: 'fp.write(whl)',
  },
];
