import type { Scenario } from '../../../src/target/scenario.ts';
import {
  ARCHIVED,
  COMPILED,
  LISTED,
  PYTHON,
  env,
  hello,
  refusedFile,
  refusedScript,
  refusedUse,
  system,
} from './common.ts';

/** A script that a program of the library runs. */
const under = (
  id: string,
  what: string,
  given: readonly string[],
  more: Partial<Scenario> = {},
): Scenario => ({
  id,
  what,
  files: { 'script.py': hello('script') },
  argv: [PYTHON, ...given, 'script.py'],
  env,
  marked: ['script.py'],
  plain: [LISTED],
  system,
  says: ['script ran'],
  // As it was given.
  refused: { says: ["PermissionError: [Errno 13] Permission denied: '", "script.py'"], status: 1 },
  ...more,
});

/** A file that a function of the library runs: `name` holds a statement that prints that it ran. */
const ranBy = (
  id: string,
  what: string,
  name: string,
  program: string,
  more: Partial<Scenario> = {},
): Scenario => ({
  id,
  what,
  files: { [name]: hello('file') },
  argv: [PYTHON, '-c', program],
  env,
  marked: [name],
  plain: [LISTED],
  system,
  says: ['file ran'],
  // As it was given.
  refused: { says: ["PermissionError: [Errno 13] Permission denied: '", `${name}'`], status: 1 },
  ...more,
});

/** What a profiler measured is written to a file. */
const timed = { plain: [LISTED, 'times'] };

/** What doctest opens for its debugger. */
const debuggers = { marked: ['home/.pdbrc', '.pdbrc'], plain: [LISTED, 'home/.inputrc'] };

/** Commands for the debugger, in one of two places. */
const commands = (id: string, name: string, other: string): Scenario => ({
  id,
  what: `${name}: commands for the debugger`,
  files: {
    // A traceback shows the lines, and has not run them.
    [name]: 'print("commands", "ran")\n',
    'script.py': { text: 'print("script", "ran")\n', mode: 0o755 },
    'home/': '',
  },
  argv: [PYTHON, '-m', 'pdb', '-c', 'continue', '-c', 'quit', 'script.py'],
  env,
  marked: ['script.py', name, other],
  plain: [LISTED, 'home/.inputrc'],
  system,
  // A noexec mount would refuse the script as well.
  placements: ['executable', 'plain', 'owner'],
  says: ['commands ran', 'script ran'],
  refused: {
    says: ['*** ', `${name}: Permission denied`, 'script ran'],
    never: ['commands ran'],
    status: 0,
  },
  denied: refusedUse('debugger', { never: ['commands ran', 'script ran'] }),
  patch: 'commands',
});

/** Statements of a loader whose get_filename() gives another name of the file: `load(base, path)` runs it. */
const NAMED_OTHERWISE =
  'import importlib._bootstrap_external as external, importlib.util, os\n' +
  'def load(base, path):\n' +
  '  class Loader(base):\n' +
  '    def get_filename(self, name): return os.path.abspath("two") + "/" + path\n' +
  '  found = importlib.util.spec_from_loader("one", Loader("one", os.path.abspath(path)))\n' +
  '  found.loader.exec_module(importlib.util.module_from_spec(found))\n';

/** Statements of IDLE's main() without a window; its interpreter runs the code in this process. */
const IDLE =
  'import os, sys\nfrom unittest.mock import MagicMock\nfrom idlelib import pyshell\n' +
  'class Interpreter(pyshell.ModifiedInterpreter):\n' +
  '  runcode = staticmethod(exec)\n' +
  '  def __init__(self): pass\n' +
  '  def runcommand(self, code): return True\n' +
  'shell = MagicMock(interp=Interpreter())\n' +
  'pyshell.Tk = pyshell.PhotoImage = MagicMock()\n' +
  'pyshell.PyShellFileList = lambda root: MagicMock(inversedict={}, open_shell=lambda: shell)\n';

/** A loader whose `get_code` is that of an abstract class, which asks the loader for the source. */
const asksForSource = (base: string): string =>
  'import importlib.abc, importlib.machinery\nclass Loader(importlib.machinery.SourceFileLoader):\n' +
  `  get_code = importlib.abc.${base}.get_code\n` +
  '  source_to_code = staticmethod(importlib.abc.InspectLoader.source_to_code)\n' +
  'exec(Loader("one", "one.py").get_code("one"))';

/** What the library opens as code by itself. */
export const library: readonly Scenario[] = [
  {
    id: 'bytecode-replaced',
    what: 'bytecode that is given as a script, and is another file when it is opened again',
    files: {
      'first.py': { text: hello('first'), mode: 0o755 },
      'second.py': hello('second'),
      'lib/sitecustomize.py': {
        mode: 0o755,
        text:
          'import os, sys\n' +
          'seen = 0\n' +
          'def replace(event, given):\n' +
          '  global seen\n' +
          '  if event == "open" and str(given[0]).endswith("first.pyc"):\n' +
          '    seen += 1\n' +
          // The look whether it is an archive, the script, and then its bytecode.
          '    if seen == 3: os.replace("second.pyc", "first.pyc")\n' +
          'sys.addaudithook(replace)\n',
      },
    },
    argv: [
      PYTHON,
      '-c',
      `${COMPILED}compiled("first.py", "first.pyc"); compiled("second.py", "second.pyc")\n` +
        'os.environ["PYTHONPATH"] = "lib"; os.execv(sys.executable, [sys.executable, "first.pyc"])',
    ],
    env,
    judged: ['second.py'],
    marked: ['first.pyc', 'lib/sitecustomize.py', 'lib/__pycache__/*.pyc'],
    plain: [LISTED, 'lib', 'first.py', 'second.py', 'first.pyc', 'second.pyc'],
    system,
    placements: ['executable', 'plain'],
    says: ['second ran'],
    refused: { says: ["Can't reopen .pyc file"], never: ['ran'], status: 1 },
  },
  ranBy(
    'sourceless',
    'bytecode without a source, imported',
    'one.py',
    `${COMPILED}os.mkdir("code"); compiled("one.py", "code/one.pyc"); sys.path[0] = os.path.abspath("code"); import one`,
    {
      judged: ['one.py'],
      marked: ['code/one.pyc'],
      plain: [LISTED, 'code', 'code/one.pyc', 'one.py'],
      refused: refusedFile('code/one.pyc'),
    },
  ),
  ranBy(
    'named-otherwise',
    'a loader that gives another name of its source than the one it was made with',
    'one.py',
    `${NAMED_OTHERWISE}os.symlink(".", "two"); load(external.SourceFileLoader, "one.py")`,
    {
      judged: ['one.py'],
      marked: ['two/one.py', 'two/__pycache__/one.cpython-*.pyc'],
      plain: [LISTED],
      refused: refusedFile('two/one.py'),
    },
  ),
  ranBy(
    'named-otherwise-sourceless',
    'the same for bytecode that has another ending',
    'one.py',
    `${COMPILED}compiled("one.py", "one")\n${NAMED_OTHERWISE}os.symlink(".", "two"); ` +
      'load(external.SourcelessFileLoader, "one")',
    {
      judged: ['one.py'],
      marked: ['two/one'],
      plain: [LISTED, 'one', 'one.py'],
      refused: refusedFile('two/one'),
    },
  ),
  ranBy(
    'checked-bytecode',
    'bytecode that does not fit its source by the hash that it holds: the source runs, which the hash was made of',
    'one.py',
    'import importlib._bootstrap_external as external, os\n' +
      'cached = external.cache_from_source("one.py"); os.mkdir("__pycache__")\n' +
      'with open(cached, "wb") as file:\n' +
      '  file.write(external._code_to_hash_pyc(compile("", "one.py", "exec"), bytes(8)))\n' +
      'os.chmod(cached, 0o755)\nimport one',
    {
      marked: ['one.py', '__pycache__/one.cpython-*.pyc'],
      plain: [LISTED, '__pycache__/one.cpython-*.pyc'],
    },
  ),
  ranBy(
    'loader-source',
    'the source that a loader gives, which is run',
    'one.py',
    'from importlib.machinery import SourceFileLoader; exec(SourceFileLoader("one", "one.py").get_source("one"))',
  ),
  ranBy(
    'loader-data',
    'the bytes of its own file that a loader gives, which are run',
    'one.py',
    'from importlib.machinery import SourceFileLoader; exec(SourceFileLoader("one", "one.py").get_data("one.py"))',
  ),
  ranBy(
    'loader-inspects',
    'a loader that compiles the source each time',
    'one.py',
    asksForSource('InspectLoader'),
  ),
  ranBy(
    'loader-executes',
    'a loader that compiles the source each time, and names its file',
    'one.py',
    asksForSource('ExecutionLoader'),
  ),
  ranBy(
    'run-path-bytecode',
    'runpy.run_path with bytecode',
    'one.py',
    `${COMPILED}compiled("one.py", "one.pyc"); import runpy; runpy.run_path("one.pyc")`,
    {
      judged: ['one.py'],
      marked: ['one.pyc'],
      plain: [LISTED, 'one.py', 'one.pyc'],
      refused: { says: ["PermissionError: [Errno 13] Permission denied: '", "one.pyc'"], status: 1 },
    },
  ),
  ranBy(
    'run-path-replaced',
    'runpy.run_path with a script that is another file when it is opened again, since it is no bytecode',
    'second.py',
    'import os, pkgutil, runpy; read = pkgutil.read_code\n' +
      'def replace(file): found = read(file); os.replace("second.py", "first.py"); return found\n' +
      'pkgutil.read_code = replace; runpy.run_path("first.py")',
    {
      files: { 'first.py': { text: hello('first'), mode: 0o755 }, 'second.py': hello('file') },
      judged: ['second.py'],
      marked: ['first.py'],
      // A noexec mount would refuse the first one as well.
      placements: ['executable', 'plain', 'owner'],
      refused: { says: ["PermissionError: [Errno 13] Permission denied: '", "first.py'"], status: 1 },
    },
  ),
  ranBy(
    'child-main',
    'the script of a program, which a child of multiprocessing that was spawned runs again',
    'script.py',
    'import multiprocessing.spawn; multiprocessing.spawn.prepare({"init_main_from_path": "script.py"})',
  ),
  ranBy(
    'finder-script',
    'modulefinder, given a script, compiles it',
    'one.py',
    'import modulefinder; finder = modulefinder.ModuleFinder(); finder.run_script("one.py")\n' +
      'exec(finder.modules["__main__"].__code__)',
  ),
  ranBy(
    'finder-file',
    'modulefinder, given the file of a module, compiles it',
    'one.py',
    'import modulefinder; finder = modulefinder.ModuleFinder(); finder.load_file("one.py")\n' +
      'exec(finder.modules["one"].__code__)',
  ),
  ranBy(
    'finder-module',
    'modulefinder finds a module, and compiles it',
    'one.py',
    'import modulefinder; finder = modulefinder.ModuleFinder(["."]); finder.import_hook("one")\n' +
      'exec(finder.modules["one"].__code__)',
  ),
  ranBy(
    'open-code-in-python',
    'open_code of the io that is written in Python',
    'one.py',
    'import _pyio\nwith _pyio.open_code("one.py") as file: exec(file.read())',
  ),
  ranBy(
    'open-code-in-c',
    'PyFile_OpenCode, by which a program in C opens code',
    'one.py',
    'import ctypes; open_code = ctypes.pythonapi.PyFile_OpenCode; open_code.restype = ctypes.py_object\n' +
      'exec(open_code(b"one.py").read())',
  ),
  {
    id: 'compiled-by-child',
    what: 'the script that distutils writes for another interpreter, which compiles modules',
    files: { 'one.py': { text: hello('one'), mode: 0o755 }, 'tmp/': '' },
    argv: [
      PYTHON,
      '-c',
      'import distutils.util, glob, os, sys; sys.dont_write_bytecode = False\n' +
        'del os.environ["PYTHONDONTWRITEBYTECODE"]\n' +
        'distutils.util.byte_compile(["one.py"], optimize=1, force=1, verbose=0)\n' +
        'print(len(glob.glob("__pycache__/one.*.opt-1.pyc")), "compiled")',
    ],
    env,
    marked: ['tmp/tmp*.py', 'one.py'],
    plain: [LISTED, 'tmp', 'tmp/*', '__pycache__', '__pycache__/one.cpython-*.opt-1.pyc*'],
    system,
    where: 'distutils',
    placements: ['executable'],
    says: ['1 compiled'],
  },
  {
    id: 'sitecustomize',
    what: 'sitecustomize and usercustomize, which site imports at each start',
    files: { 'lib/sitecustomize.py': hello('site'), 'lib/usercustomize.py': hello('user') },
    argv: [PYTHON, '-c', 'import colorsys; print("command ran")'],
    env: { ...env, PYTHONPATH: '{folder}/lib' },
    marked: [
      'lib/sitecustomize.py',
      'lib/usercustomize.py',
      'lib/__pycache__/sitecustomize.cpython-*.pyc',
      'lib/__pycache__/usercustomize.cpython-*.pyc',
    ],
    plain: [LISTED, 'lib'],
    system,
    says: ['site ran\nuser ran\ncommand ran'],
    // What site says of any error there, and it goes on.
    refused: {
      says: ['Error in sitecustomize; set PYTHONVERBOSE for traceback:\nPermissionError', 'command ran'],
      never: ['site ran', 'user ran'],
      status: 0,
    },
  },
  {
    id: 'extension',
    what: 'an extension module without x bits',
    files: {
      'lib/': '',
      'script.py': {
        text:
          'import importlib.util, shutil, sys; found = importlib.util.find_spec("_json").origin\n' +
          'copy = shutil.copyfile(found, "lib/" + found.rpartition("/")[2])\n' +
          'sys.path[:0] = ["lib"]; sys.modules.pop("_json", None)\n' +
          'import _json; print(_json.__file__.rpartition("/")[0], "loaded")\n',
        mode: 0o755,
      },
    },
    argv: [PYTHON, 'script.py'],
    env,
    marked: ['script.py'],
    plain: [],
    traced: false,
    says: ['lib loaded'],
    open: 'ld.so opens it, without the flag: a noexec mount stops it, missing execute permission does not',
  },
  {
    id: 'archive-stops',
    what: 'a refused archive ends the import: the next entry of sys.path is not looked into',
    files: { 'one.py': hello('first'), 'two/one.py': { text: hello('second'), mode: 0o755 } },
    argv: [
      PYTHON,
      '-c',
      `${ARCHIVED}archived("one.py")\n` +
        'sys.path[:1] = [os.path.abspath("code.zip"), os.path.abspath("two")]; import one',
    ],
    env,
    judged: ['one.py'],
    marked: ['code.zip'],
    plain: [LISTED, 'code.zip', 'one.py'],
    system,
    says: ['first ran'],
    refused: { ...refusedFile('code.zip'), never: ['first ran', 'second ran'] },
  },
  {
    id: 'archive-unreadable',
    what: 'an archive that may not be read is passed over, as it always was',
    files: {
      'one.py': { text: hello('first'), mode: 0o644 },
      'two/one.py': { text: hello('second'), mode: 0o755 },
    },
    argv: [
      PYTHON,
      '-c',
      `${ARCHIVED}archived("one.py"); os.chmod("code.zip", 0)\n` +
        'sys.path[:1] = [os.path.abspath("code.zip"), os.path.abspath("two")]; import one',
    ],
    env,
    marked: ['code.zip', 'two/one.py', 'two/__pycache__/one.cpython-*.pyc'],
    plain: [LISTED, 'code.zip', 'one.py', 'two'],
    system,
    // It is traced as root, who can read everything.
    traced: false,
    says: ['second ran'],
  },
  ranBy(
    'archive-listed',
    'a refused archive is not looked into',
    'one.py',
    `${ARCHIVED}archived("one.py"); import zipimport; zipimport.zipimporter("code.zip"); print("file", "ran")`,
    {
      judged: ['one.py'],
      marked: ['code.zip'],
      plain: [LISTED, 'code.zip', 'one.py'],
      refused: {
        says: ["PermissionError: [Errno 13] Permission denied: 'code.zip'"],
        status: 1,
      },
    },
  ),
  ranBy(
    'archive-later',
    'an archive that may not be executed by the time that code is taken from it',
    'one.py',
    `${ARCHIVED}archived("one.py"); os.chmod("code.zip", 0o755)\n` +
      'import zipimport; found = zipimport.zipimporter("code.zip")\n' +
      'shutil.copymode("one.py", "code.zip"); exec(found.get_code("one"))',
    {
      judged: ['one.py'],
      marked: ['code.zip'],
      plain: [LISTED, 'code.zip', 'one.py'],
      refused: {
        says: ["PermissionError: [Errno 13] Permission denied: 'code.zip'"],
        status: 1,
      },
    },
  ),
  {
    id: 'archive-argument',
    what: 'an archive that is given as a script',
    files: { '__main__.py': hello('archive') },
    argv: [
      PYTHON,
      '-c',
      `${ARCHIVED}archived("__main__.py"); os.execv(sys.executable, [sys.executable, "code.zip"])`,
    ],
    env,
    judged: ['__main__.py'],
    marked: ['code.zip'],
    plain: [LISTED, 'code.zip', '__main__.py'],
    system,
    says: ['archive ran'],
    refused: { ...refusedScript('code.zip'), never: ['archive ran', 'SyntaxError'] },
  },
  commands('commands-here', '.pdbrc', 'home/.pdbrc'),
  commands('commands-home', 'home/.pdbrc', '.pdbrc'),
  under('under-cprofile', 'a script under cProfile', ['-m', 'cProfile', '-o', 'times'], timed),
  under('under-profile', 'a script under profile', ['-m', 'profile', '-o', 'times'], timed),
  under('under-trace', 'a script under trace', ['-m', 'trace', '--listfuncs'], {
    refused: {
      says: ["Cannot run file 'script.py' because: [Errno 13] Permission denied: '", "script.py'"],
      status: 1,
    },
  }),
  ranBy(
    'option-file',
    'options of optparse from a file',
    'options',
    'import optparse; optparse.Values().read_file("options", "loose")',
  ),
  ranBy(
    'tk-class',
    'the profile of a class of Tk programs',
    'home/.Program.py',
    'import tkinter; tkinter.Tcl(None, "base", "Program")',
  ),
  ranBy(
    'tk-base',
    'the profile of a Tk program',
    'home/.base.py',
    'import tkinter; tkinter.Tcl(None, "base", "Program")',
  ),
  ranBy(
    'setup-script',
    'a setup script that a program runs within itself',
    'setup.py',
    'import distutils.core; distutils.core.run_setup("setup.py", stop_after="init")',
    {
      where: 'distutils',
      files: { 'setup.py': `${hello('file')}import distutils.core\ndistutils.core.setup()\n` },
    },
  ),
  ranBy(
    'doctest-file',
    'a text whose examples are run',
    'text.txt',
    'import doctest; doctest.testfile("text.txt", module_relative=False)',
    {
      ...debuggers,
      files: { 'text.txt': '>>> import sys; _ = sys.__stdout__.write("file ran\\n")\n' },
      marked: ['text.txt', ...debuggers.marked],
    },
  ),
  ranBy(
    'doctest-package',
    'a text of a package whose examples are run',
    'two/text.txt',
    'import doctest, two; doctest.testfile("text.txt", package=two)',
    {
      files: {
        'two/__init__.py': { text: '', mode: 0o755 },
        'two/text.txt': '>>> import sys; _ = sys.__stdout__.write("file ran\\n")\n',
      },
      ...debuggers,
      marked: [
        'two/text.txt',
        'two/__init__.py',
        'two/__pycache__/__init__.cpython-*.pyc',
        ...debuggers.marked,
      ],
      placements: ['executable', 'plain'],
    },
  ),
  ranBy(
    'doctest-archive',
    'a text whose examples are run, of a package in an archive that may not be executed any more',
    'two/text.txt',
    'import doctest, os, shutil, sys, zipfile\nwith zipfile.ZipFile("code.zip", "w") as archive:\n' +
      '  for name in "two/__init__.py", "two/text.txt": archive.write(name)\n' +
      'os.chmod("code.zip", 0o755); sys.path[:1] = [os.path.abspath("code.zip")]; import two\n' +
      'shutil.copymode("two/text.txt", "code.zip"); doctest.testfile("text.txt", package=two)',
    {
      files: {
        'two/__init__.py': { text: '', mode: 0o755 },
        'two/text.txt': '>>> import sys; _ = sys.__stdout__.write("file ran\\n")\n',
      },
      judged: ['two/text.txt'],
      marked: ['code.zip', ...debuggers.marked],
      plain: ['code.zip', 'two/__init__.py', 'two/text.txt', ...debuggers.plain],
      placements: ['executable', 'plain'],
      refused: refusedFile('code.zip'),
    },
  ),
  {
    id: 'startup-asyncio',
    what: 'PYTHONSTARTUP of the prompt of asyncio',
    files: { 'startup.py': hello('startup') },
    argv: [PYTHON, '-m', 'asyncio'],
    typed: 'exit()\n',
    env: { ...env, PYTHONSTARTUP: '{folder}/startup.py' },
    marked: ['startup.py'],
    plain: [],
    traced: false,
    says: ['startup ran'],
    refused: {
      // The thread of the prompt ends, and the program with it before it has told why: so it is with one that is unreadable.
      says: ['exiting asyncio REPL'],
      never: ['startup ran'],
      status: 0,
    },
    where: 'prompts-in-python',
  },
  {
    id: 'startup-pyrepl',
    what: 'PYTHONSTARTUP of the prompt that is written in Python, after a script',
    files: { 'startup.py': hello('startup'), 'script.py': { text: hello('script'), mode: 0o755 } },
    argv: [PYTHON, '-i', 'script.py'],
    typed: 'exit()\n',
    env: { ...env, PYTHONSTARTUP: '{folder}/startup.py', TERM: 'xterm', PYTHON_COLORS: '0' },
    marked: ['startup.py', 'script.py'],
    plain: [],
    traced: false,
    placements: ['executable', 'plain'],
    says: ['script ran', 'startup ran'],
    refused: {
      says: ["PermissionError: [Errno 13] Permission denied: '{folder}/startup.py'"],
      never: ['startup ran'],
      status: 1,
    },
    where: 'prompts-in-python',
  },
  {
    id: 'remote-script',
    what: 'a script whose name is written into the memory of a process, here by itself',
    files: { 'script.py': hello('script') },
    argv: [
      PYTHON,
      '-c',
      'import os, sys; sys.remote_exec(os.getpid(), "script.py")\n' +
        'for turn in range(1000): pass\n' +
        'print("command ran")',
    ],
    env,
    marked: ['script.py'],
    plain: [LISTED],
    system,
    says: ['script ran\ncommand ran'],
    // Who wrote the name hears nothing of it.
    refused: {
      says: ["Can't open debugger script", 'Permission denied', 'command ran'],
      never: ['script ran'],
      status: 0,
    },
    where: 'remote-scripts',
  },
  {
    id: 'debugger-attaches',
    what: 'pdb -p: the script that the debugger has another process run can be executed',
    files: {
      'work.py': {
        text: 'import time\nprint("ready", flush=True)\nwhile True: time.sleep(0.01)\n',
        mode: 0o755,
      },
    },
    argv: [
      PYTHON,
      '-c',
      'import pdb, subprocess, sys\n' +
        'work = subprocess.Popen([sys.executable, "work.py"], stdout=subprocess.PIPE); work.stdout.readline()\n' +
        'try: pdb.attach(work.pid, ["p 6 * 7"])\n' +
        'finally: work.kill()',
    ],
    env,
    marked: ['work.py'],
    plain: [],
    traced: false,
    // What is on a noexec mount is refused, and temporary files are here.
    placements: ['executable', 'plain', 'owner'],
    says: ['42'],
    where: 'pdb-attaches',
  },
  ranBy(
    'idle-run',
    'IDLE: -r and the start-up file',
    'script.py',
    // The patch takes away the import, and a series that misses this open still reads with it.
    'import tokenize, types\nfrom idlelib import pyshell\n' +
      'pyshell.tokenize = tokenize; pyshell.use_subprocess = False\n' +
      'pyshell.ModifiedInterpreter.execfile(types.SimpleNamespace(runcode=exec), "script.py")',
    {
      files: { 'script.py': hello('file'), 'home/': '' },
      plain: [LISTED, 'home/.idlerc/*'],
    },
  ),
  ranBy(
    'idle-option',
    'IDLE: the script of the option -r',
    'script.py',
    `${IDLE}sys.argv[1:] = ["-r", "script.py"]; pyshell.main()`,
    { files: { 'script.py': hello('file'), 'home/': '' }, plain: [LISTED, 'home/.idlerc/*'] },
  ),
  ranBy(
    'idle-startup',
    'IDLE: the file of IDLESTARTUP, with the option -s',
    'script.py',
    `${IDLE}sys.argv[1:] = ["-s"]; os.environ["IDLESTARTUP"] = "script.py"; pyshell.main()`,
    { files: { 'script.py': hello('file'), 'home/': '' }, plain: [LISTED, 'home/.idlerc/*'] },
  ),
  ranBy(
    'idle-module',
    'IDLE: the module of an editor that is run',
    'script.py',
    'from unittest.mock import MagicMock\nfrom idlelib.runscript import ScriptBinding\n' +
      'exec(ScriptBinding.checksyntax(MagicMock(), "script.py"))',
    {
      files: { 'script.py': hello('file'), 'home/': '' },
      plain: [LISTED, 'home/.idlerc/*'],
    },
  ),
  ranBy(
    'imp-find',
    'imp.find_module, and what it found is run',
    'one.py',
    'import imp; file, *_ = imp.find_module("one", ["."]); exec(file.read())',
    { where: 'imp', plain: [LISTED, 'one.py'] },
  ),
  ranBy(
    'imp-load',
    'imp.load_source with a text file, which it opens again',
    'one.py',
    'import imp\nwith open("one.py") as file: imp.load_source("one", "one.py", file)',
    { where: 'imp', marked: ['one.py', '__pycache__/one.cpython-*.pyc'], plain: [LISTED, 'one.py'] },
  ),
  ranBy(
    'imp-loader',
    "pkgutil's loader, source",
    'one.py',
    'import imp, pkgutil\nwith open("one.py") as file: pass\n' +
      'exec(pkgutil.ImpLoader("one", file, "one.py", (".py", "r", imp.PY_SOURCE)).get_code())',
    { where: 'imp', plain: [LISTED, 'one.py'] },
  ),
  ranBy(
    'imp-loader-bytecode',
    "pkgutil's loader, bytecode",
    'one.py',
    `${COMPILED}compiled("one.py", "two.pyc")\nimport imp, pkgutil\nwith open("two.pyc") as file: pass\n` +
      'exec(pkgutil.ImpLoader("two", file, "two.pyc", (".pyc", "rb", imp.PY_COMPILED)).get_code())',
    {
      where: 'imp',
      judged: ['one.py'],
      marked: ['two.pyc'],
      plain: [LISTED, 'one.py', 'two.pyc'],
      refused: { says: ["PermissionError: [Errno 13] Permission denied: '", "two.pyc'"], status: 1 },
    },
  ),
];
